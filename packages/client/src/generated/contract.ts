// Generated from the OpenAPI document of apps/api by packages/client/scripts/generate.ts: edit the schemas, then `npm run generate`.
// biome-ignore-all lint: generated
export interface paths {
    "/config/schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON Schema of the declarative file */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List endpoints, newest first or in another order */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                    status?: ("pending" | "up" | "degraded" | "down" | "gated" | "no_data" | "paused" | "maintenance") | undefined;
                    tag?: string | undefined;
                    cause?: string | undefined;
                    q?: string | undefined;
                    sort?: ("newest" | "name" | "status" | "latency") | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Endpoint"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Register an endpoint */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateEndpoint"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Endpoint"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last 24 hours of many endpoints */
        get: {
            parameters: {
                query: {
                    ids: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EndpointHours"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Endpoint"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Delete an endpoint and its history */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change what is named */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateEndpoint"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Endpoint"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove the demonstration endpoints */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Probe now, with the deep checks */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Report"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/probes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Probes, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Probe"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/probes/{probeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One probe, with its exchanges when kept */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    probeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProbeDetail"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Uptime and latency of a window */
        get: {
            parameters: {
                query?: {
                    window?: ("24h" | "7d" | "30d" | "90d") | undefined;
                } | undefined;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Stats"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/uptime": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Uptime of all windows at once */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            windows: {
                                /** @enum {string} */
                                window: "24h" | "7d" | "30d" | "90d";
                                uptime: number | null;
                                downSeconds: number;
                                measuredSeconds: number;
                                maintenanceSeconds: number;
                            }[];
                            days: {
                                date: string;
                                uptime: number | null;
                                /** @enum {string} */
                                worst: "pending" | "up" | "degraded" | "down" | "gated" | "no_data" | "paused" | "maintenance";
                                downSeconds: number;
                            }[];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tools as last seen */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ToolsSeen"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/tool-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When the tool list changed, and how */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["ToolChange"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/tool-changes/{changeId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a change of the tools as the new baseline */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                    changeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ToolChange"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register many endpoints */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Each as the body of POST /endpoints */
                        endpoints: unknown[];
                        /**
                         * @default create
                         * @enum {string}
                         */
                        ifExists?: ("create" | "skip") | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAnswer"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        /** Delete many endpoints and their history */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ids: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAnswer"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change many endpoints */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Each as the body of PATCH /endpoints/{id}, with the id as a member, and optionally ifMatch as the header of that name would be */
                        endpoints: unknown[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAnswer"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/endpoints/bulk/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have many endpoints probed now */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ids: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAnswer"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register the servers of a client's configuration file or of server.json, and say what clients would refuse in it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content?: string | undefined;
                        document?: ({
                            [key: string]: unknown;
                        } | unknown[]) | undefined;
                        /**
                         * @default auto
                         * @enum {string}
                         */
                        format?: ("auto" | "mcp-json" | "claude-json" | "claude-desktop" | "vscode" | "cursor" | "windsurf" | "gemini-cli" | "librechat" | "server-json") | undefined;
                        /** @default {} */
                        variables?: {
                            [key: string]: string;
                        } | undefined;
                        /** @default [] */
                        tags?: string[] | undefined;
                        /** @default false */
                        dryRun?: boolean | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/client-configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Configuration blocks for clients, without secrets */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["ClientConfig"][];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What there is, as a declarative file; secrets are placeholders. With name only what came from the file of that name */
        get: {
            parameters: {
                query?: {
                    name?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        /** Make what a declarative file says, all of it or nothing, and answer with what was done to each item */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        config: components["schemas"]["ConfigFile"];
                        /** @default false */
                        prune?: boolean | undefined;
                        /** @default false */
                        dryRun?: boolean | undefined;
                        /** @default false */
                        adopt?: boolean | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigResult"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List incidents, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                    status?: ("open" | "resolved") | undefined;
                    endpoint?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Incident"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an incident with its timeline */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Write what people make of it */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateIncident"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/incidents/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody has it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        /** Take the acknowledgement back */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** No reminder and no escalation for a time */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        minutes: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        /** Remind and escalate again */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/endpoints/{id}/silence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Until when the endpoint is silent */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Tell nobody anything new for a time */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        minutes: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        /** End the silence */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a note to the timeline */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IncidentDetail"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List channels, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Channel"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Add a channel */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateChannel"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedChannel"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a channel */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Channel"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Delete a channel and what it was to send */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change what is named */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateChannel"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Channel"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message now */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestResult"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The delivery log, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                    channel?: string | undefined;
                    status?: ("delivered" | "failed") | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Delivery"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was to be sent, newest first; status=dead: what was given up */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                    channel?: string | undefined;
                    status?: ("pending" | "delivered" | "dead" | "grouped" | "withdrawn") | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Notice"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a notice again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/maintenance-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List maintenance windows, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Maintenance"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Announce maintenance */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateMaintenance"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Maintenance"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/maintenance-windows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a maintenance window */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Maintenance"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** End a maintenance window for good; what lies behind stays out of the uptime */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change what is named */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateMaintenance"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Maintenance"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/status-pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List status pages, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["StatusPage"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Make a status page */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateStatusPage"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusPage"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-pages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a status page */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusPage"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Delete a status page with its reports and subscribers */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change what is named; `components` replaces the list */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateStatusPage"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusPage"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/status-pages/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the public would see after this change; nothing is kept */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateStatusPage"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublicPage"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-pages/{id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reports, newest first, drafts too */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["StatusReport"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Write a report with its first update */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateStatusReport"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusReport"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-pages/{id}/reports/{reportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a report */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    reportId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusReport"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Delete a report */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                    reportId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change what is named; `published: true` publishes a draft */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                    reportId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateStatusReport"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusReport"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/status-pages/{id}/reports/{reportId}/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say how it stands; `resolved` ends it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                    reportId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "investigating" | "identified" | "monitoring" | "resolved";
                        text: string;
                        affected?: {
                            component: string;
                            /**
                             * @default degraded
                             * @enum {string}
                             */
                            impact?: ("operational" | "degraded" | "outage" | "maintenance") | undefined;
                        }[] | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusReport"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-pages/{id}/subscribers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List subscribers, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["StatusSubscriber"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-pages/{id}/subscribers/{subscriberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a subscriber and what was to be sent to it */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    subscriberId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a URL once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CheckRequest"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Report"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Member"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a member */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Remove a member, or leave */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Change a member's role */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        role: "owner" | "admin" | "member" | "viewer";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/members/{id}/transfer-ownership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the member an owner and oneself an admin */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Invitation"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Invite somebody by mail; the link works for seven days */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        /**
                         * @default member
                         * @enum {string}
                         */
                        role?: ("admin" | "member" | "viewer") | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedInvitation"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invitation */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and on what installation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Delete the account, its sessions and the named organizations of which it is the only member */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The email address of the account */
                        confirm: string;
                        /** @description The password; not for accounts that sign in by another service alone */
                        password?: string | undefined;
                        /**
                         * @description Ids of the organizations that go with the account: all those of which it is the only member
                         * @default []
                         */
                        organizations?: string[] | undefined;
                    };
                };
            };
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the first screen shows */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Overview"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization's endpoints for Prometheus (text format) */
        get: {
            parameters: {
                query?: {
                    tag?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                    action?: string | undefined;
                    target?: string | undefined;
                    actor?: string | undefined;
                    from?: string | undefined;
                    to?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["AuditLogEntry"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["ApiKey"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Make an API key; this answer alone shows it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateApiKey"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedApiKey"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace an API key; the former works on for the overlap */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default 86400 */
                        overlapSeconds?: number | undefined;
                        /** Format: date-time */
                        expiresAt?: string | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedApiKey"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything the organization has, without secrets, as one document */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            schema: "rollcall.organization/1";
                            /** Format: date-time */
                            exportedAt: string;
                            organization: {
                                id: string;
                                name: string;
                                slug: string;
                                plan: string;
                                /** Format: date-time */
                                createdAt: string;
                            };
                            members: components["schemas"]["Member"][];
                            invitations: components["schemas"]["Invitation"][];
                            apiKeys: components["schemas"]["ApiKey"][];
                            endpoints: components["schemas"]["Endpoint"][];
                            channels: components["schemas"]["Channel"][];
                            maintenanceWindows: components["schemas"]["Maintenance"][];
                            statusPages: components["schemas"]["StatusPage"][];
                            statusReports: {
                                id: string;
                                title: string;
                                /** @enum {string} */
                                status: "investigating" | "identified" | "monitoring" | "resolved";
                                affected: {
                                    component: string;
                                    /** @enum {string} */
                                    impact: "operational" | "degraded" | "outage" | "maintenance";
                                }[];
                                published: boolean;
                                publishedAt: string | null;
                                /** Format: date-time */
                                startedAt: string;
                                resolvedAt: string | null;
                                updates: {
                                    id: string;
                                    /** Format: date-time */
                                    at: string;
                                    /** @enum {string} */
                                    status: "investigating" | "identified" | "monitoring" | "resolved";
                                    text: string;
                                }[];
                                url: string;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                                statusPage: string;
                            }[];
                            statusSubscribers: {
                                id: string;
                                /** @enum {string} */
                                type: "email" | "webhook" | "slack";
                                target: string;
                                confirmedAt: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                statusPage: string;
                            }[];
                            incidents: components["schemas"]["IncidentDetail"][];
                            toolChanges: {
                                id: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {string} */
                                class: "breaking" | "text" | "additive";
                                classes: ("breaking" | "text" | "additive")[];
                                summary: string;
                                unversioned: boolean;
                                before: {
                                    hash: string;
                                    count: number;
                                    server: {
                                        name: string;
                                        version: string;
                                    } | null;
                                };
                                after: {
                                    hash: string;
                                    count: number;
                                    server: {
                                        name: string;
                                        version: string;
                                    } | null;
                                };
                                added: string[];
                                removed: string[];
                                changed: string[];
                                changes: {
                                    /** @enum {string} */
                                    class: "breaking" | "text" | "additive";
                                    what: string;
                                    tool: string | null;
                                    pointer: string;
                                    before: string | null;
                                    after: string | null;
                                }[];
                                total: number;
                                acknowledgedAt: string | null;
                                acknowledgedBy: string | null;
                                endpoint: string;
                            }[];
                            dailyRollups: {
                                endpoint: string;
                                region: string;
                                date: string;
                                probes: {
                                    up: number;
                                    degraded: number;
                                    down: number;
                                    gated: number;
                                    unknown: number;
                                };
                                latencyMs: {
                                    p50: number | null;
                                    p95: number | null;
                                };
                                firstAt: string | null;
                                lastAt: string | null;
                            }[];
                            auditLog: components["schemas"]["AuditLogEntry"][];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization, and how much of its plan it uses */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganizationSettings"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        /** Delete the organization with everything it has; for a signed-in owner */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name or the slug of the organization, to the letter */
                        confirm: string;
                        /** @description The owner's password; not for accounts that sign in by another service alone */
                        password?: string | undefined;
                    };
                };
            };
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        /** Rename the organization */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag that a GET gave: change this version and no later one, else 412 */
                    "if-match"?: string | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateOrganization"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganizationSettings"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as it changes: a stream of server-sent events
         * @description Each message is `{"type", "id"}`: what changed, never the data. `reset` comes first and whenever changes may have been missed: read anew what you show. `id` null: several of the type.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the invitation of a link */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferedInvitation"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation, signed in or with a new account */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                        name?: string | undefined;
                        password?: string | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            organization: {
                                id: string;
                                name: string;
                            };
                            member: {
                                id: string;
                                /** @enum {string} */
                                role: "admin" | "member" | "viewer";
                            };
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways of signing in and up that this installation offers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInOptions"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and where they are a member */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sessions of the account, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number | undefined;
                    cursor?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["AccountSession"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/revoke-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every session but this one */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
                    "idempotency-key"?: components["parameters"]["IdempotencyKey"] | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is kept about the person */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            schema: "rollcall.account/1";
                            /** Format: date-time */
                            exportedAt: string;
                            user: {
                                id: string;
                                name: string;
                                email: string;
                                emailVerified: boolean;
                                twoFactorEnabled: boolean;
                                hasPassword: boolean;
                                /** Format: date-time */
                                createdAt: string;
                            };
                            organizations: {
                                id: string;
                                name: string;
                                /** @enum {string} */
                                role: "owner" | "admin" | "member" | "viewer";
                                /** Format: date-time */
                                joinedAt: string;
                            }[];
                            signIns: {
                                provider: string;
                                accountId: string;
                                /** Format: date-time */
                                createdAt: string;
                            }[];
                            sessions: components["schemas"]["AccountSession"][];
                            invitations: {
                                organization: string;
                                role: string;
                                status: string;
                                /** Format: date-time */
                                createdAt: string;
                            }[];
                            actions: {
                                /** Format: date-time */
                                at: string;
                                organization: string;
                                action: string;
                                target: string;
                                address: string | null;
                            }[];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prober/lease": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lease jobs */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        max: number;
                        /** @default 0 */
                        waitMs?: number | undefined;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            jobs: {
                                lease: string;
                                endpointId: string;
                                slot: number;
                                /** @enum {string} */
                                kind: "scheduled" | "recheck";
                                target: {
                                    url: string;
                                    /** @enum {string} */
                                    transport: "auto" | "streamable-http" | "sse";
                                    /** @enum {string} */
                                    era: "auto" | "legacy" | "modern";
                                    headers: {
                                        [key: string]: string;
                                    };
                                    auth: {
                                        /** @enum {string} */
                                        type: "none";
                                    } | {
                                        /** @enum {string} */
                                        type: "bearer";
                                        token: string;
                                    } | {
                                        /** @enum {string} */
                                        type: "oauth";
                                        clientId: string;
                                        clientSecret: string;
                                        scope?: string | undefined;
                                        /** Format: uri */
                                        issuer?: string | undefined;
                                    };
                                    boundIssuer?: {
                                        issuer: string;
                                        tokenOrigin: string | null;
                                    } | undefined;
                                    timeoutMs: number;
                                    deep: boolean;
                                    region: string;
                                    hint: {
                                        /** @enum {string} */
                                        transport: "streamable-http" | "sse";
                                        /** @enum {string} */
                                        era: "modern" | "legacy";
                                        protocolVersion: string | null;
                                    } | null;
                                    expect: components["schemas"]["Expect"];
                                    baseline: {
                                        toolCount: number;
                                    } | null;
                                    overrides?: {
                                        code: string;
                                        /** @enum {string} */
                                        severity: "down" | "degraded" | "notice" | "mute";
                                        reason: string;
                                        force?: boolean | undefined;
                                    }[] | undefined;
                                };
                            }[];
                            leaseMs: number;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prober/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep leases */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        leases: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            held: boolean[];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prober/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give leased jobs back */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        leases: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            held: boolean[];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prober/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver results */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        results: {
                            lease: string;
                            deep: boolean;
                            report: {
                                /** @enum {string} */
                                schema: "rollcall.report/1";
                                url: string;
                                startedAt: string;
                                durationMs: number;
                                region: string;
                                /** @enum {string} */
                                verdict: "up" | "degraded" | "down" | "gated" | "unknown";
                                transport: ("streamable-http" | "sse") | null;
                                eras: {
                                    /** @enum {string} */
                                    modern: "works" | "fails" | "absent" | "untested";
                                    /** @enum {string} */
                                    legacy: "works" | "fails" | "absent" | "untested";
                                };
                                protocolVersion: string | null;
                                server: {
                                    name: string;
                                    version: string;
                                    capabilities: {
                                        [key: string]: unknown;
                                    };
                                } | null;
                                tools: {
                                    count: number;
                                    hash: string;
                                    names: string[];
                                } | null;
                                steps: {
                                    name: string;
                                    ms: number;
                                    ok: boolean;
                                }[];
                                cause: {
                                    code: string;
                                    /** @enum {string} */
                                    layer: "prober" | "dns" | "tcp" | "tls" | "http" | "transport" | "session" | "jsonrpc" | "protocol" | "tools" | "auth" | "client";
                                    /** @enum {string} */
                                    severity: "down" | "degraded" | "notice";
                                    /** @enum {string} */
                                    confidence: "certain" | "suspected";
                                    title: string;
                                    explanation: string;
                                    evidence: {
                                        [key: string]: unknown;
                                    };
                                    fixes: {
                                        for: string;
                                        text: string;
                                        snippet?: string | undefined;
                                    }[];
                                    references: string[];
                                    docs: string;
                                } | null;
                                findings: {
                                    code: string;
                                    /** @enum {string} */
                                    layer: "prober" | "dns" | "tcp" | "tls" | "http" | "transport" | "session" | "jsonrpc" | "protocol" | "tools" | "auth" | "client";
                                    /** @enum {string} */
                                    severity: "down" | "degraded" | "notice";
                                    /** @enum {string} */
                                    confidence: "certain" | "suspected";
                                    title: string;
                                    explanation: string;
                                    evidence: {
                                        [key: string]: unknown;
                                    };
                                    fixes: {
                                        for: string;
                                        text: string;
                                        snippet?: string | undefined;
                                    }[];
                                    references: string[];
                                    docs: string;
                                }[];
                                clients: {
                                    id: string;
                                    name: string;
                                    /** @enum {string} */
                                    verdict: "works" | "fails" | "unknown";
                                    because: string | null;
                                }[];
                                exchanges: {
                                    n: number;
                                    method: string;
                                    url: string;
                                    status: number | null;
                                    timings: {
                                        dnsMs: number;
                                        tcpMs: number;
                                        tlsMs: number;
                                        ttfbMs: number;
                                        totalMs: number;
                                    };
                                    requestHeaders: {
                                        [key: string]: string;
                                    };
                                    responseHeaders: {
                                        [key: string]: string;
                                    };
                                    requestBody: string | null;
                                    responseBody: string | null;
                                    error: string | null;
                                    curl: string;
                                }[];
                                unfinished?: string[] | undefined;
                            };
                            observation: unknown;
                            deepOnly: {
                                cause: {
                                    code: string;
                                    /** @enum {string} */
                                    layer: "prober" | "dns" | "tcp" | "tls" | "http" | "transport" | "session" | "jsonrpc" | "protocol" | "tools" | "auth" | "client";
                                    /** @enum {string} */
                                    severity: "down" | "degraded" | "notice";
                                    /** @enum {string} */
                                    confidence: "certain" | "suspected";
                                    title: string;
                                    explanation: string;
                                    evidence: {
                                        [key: string]: unknown;
                                    };
                                    fixes: {
                                        for: string;
                                        text: string;
                                        snippet?: string | undefined;
                                    }[];
                                    references: string[];
                                    docs: string;
                                } | null;
                                complete: boolean;
                            } | null;
                            retryAfterMs: number | null;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            recorded: number;
                            repeated: number;
                            refused: {
                                pointer: string;
                                /** @enum {string} */
                                code: "not_leased" | "too_late" | "wrong_region" | "wrong_clock" | "unrecordable";
                                message: string;
                            }[];
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prober/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say how the prober is */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        offline: boolean;
                        inFlight: number;
                        waiting: number;
                        dropped: number;
                        /** Format: date-time */
                        startedAt: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            region: string;
                            /** Format: date-time */
                            now: string;
                        };
                    };
                };
                400: components["responses"]["Problem"];
                401: components["responses"]["Problem"];
                403: components["responses"]["Problem"];
                404: components["responses"]["Problem"];
                409: components["responses"]["Problem"];
                412: components["responses"]["Problem"];
                413: components["responses"]["Problem"];
                415: components["responses"]["Problem"];
                422: components["responses"]["Problem"];
                429: components["responses"]["Problem"];
                500: components["responses"]["Problem"];
                503: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail: string;
            instance?: string | undefined;
            errors?: {
                pointer: string;
                message: string;
            }[] | undefined;
        };
        Account: {
            user: {
                id: string;
                name: string;
                email: string;
                emailVerified: boolean;
                twoFactorEnabled: boolean;
                hasPassword: boolean;
            };
            organizations: {
                id: string;
                name: string;
                memberId: string;
                /** @enum {string} */
                role: "owner" | "admin" | "member" | "viewer";
                members: number;
                owners: number;
            }[];
        };
        AccountSession: {
            id: string;
            current: boolean;
            ipAddress: string | null;
            userAgent: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        ApiKey: {
            id: string;
            name: string;
            prefix: string;
            scopes: ("read" | "write" | "admin")[];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            replacedBy: string | null;
        };
        AuditLogEntry: {
            id: string;
            /** Format: date-time */
            at: string;
            actor: string;
            actorKind: string | null;
            actorId: string | null;
            address: string | null;
            userAgent: string | null;
            action: string;
            target: string;
            before: unknown;
            after: unknown;
        };
        BulkAnswer: {
            counts: {
                created: number;
                exists: number;
                updated: number;
                deleted: number;
                queued: number;
                failed: number;
            };
            results: {
                index: number;
                /** @enum {string} */
                status: "created" | "exists" | "updated" | "deleted" | "queued" | "failed";
                id: string | null;
                error?: {
                    type: string;
                    title: string;
                    status: number;
                    code: string;
                    detail: string;
                    instance?: string | undefined;
                    errors?: {
                        pointer: string;
                        message: string;
                    }[] | undefined;
                } | undefined;
            }[];
        };
        Cause: {
            code: string;
            /** @enum {string} */
            layer: "prober" | "dns" | "tcp" | "tls" | "http" | "transport" | "session" | "jsonrpc" | "protocol" | "tools" | "auth" | "client";
            /** @enum {string} */
            severity: "down" | "degraded" | "notice";
            /** @enum {string} */
            confidence: "certain" | "suspected";
            title: string;
            explanation: string;
            evidence: {
                [key: string]: unknown;
            };
            fixes: {
                for: string;
                text: string;
                snippet?: string | undefined;
            }[];
            references: string[];
            docs: string;
        };
        Channel: {
            id: string;
            /** @enum {string} */
            type: "email" | "webhook" | "slack" | "discord" | "teams" | "google-chat" | "telegram" | "pagerduty" | "opsgenie" | "ntfy" | "pushover" | "mattermost";
            name: string;
            config: {
                [key: string]: unknown;
            };
            routes: {
                tags?: string[] | undefined;
                endpoints?: string[] | undefined;
                events?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
                severities?: ("down" | "degraded" | "notice")[] | undefined;
            }[];
            enabled: boolean;
            quietHours: {
                from: string;
                to: string;
                /** @default UTC */
                timeZone: string;
                weekdays?: number[] | undefined;
                /**
                 * @default [
                 *       "endpoint.down"
                 *     ]
                 */
                through: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[];
            } | null;
            remindMinutes: number | null;
            escalation: {
                afterMinutes: number;
                channel: string;
            }[];
            standby: boolean;
            failingSince: string | null;
            unhealthySince: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CheckRequest: {
            url: string;
            /**
             * @default auto
             * @enum {string}
             */
            transport?: ("auto" | "streamable-http" | "sse") | undefined;
            /**
             * @default auto
             * @enum {string}
             */
            era?: ("auto" | "legacy" | "modern") | undefined;
            headers?: {
                [key: string]: string;
            } | undefined;
            auth?: ({
                /** @enum {string} */
                type: "none";
            } | {
                /** @enum {string} */
                type: "bearer";
                token: string;
            } | {
                /** @enum {string} */
                type: "oauth";
                clientId: string;
                clientSecret: string;
                scope?: string | undefined;
                /** Format: uri */
                issuer?: string | undefined;
            }) | undefined;
            /** @default 30000 */
            timeoutMs?: number | undefined;
            /** @default false */
            deep?: boolean | undefined;
        };
        ClientConfig: {
            id: string;
            client: string;
            /** @enum {string} */
            language: "shell" | "json" | "python" | "typescript";
            file: string | null;
            content: string;
            note: string | null;
        };
        /**
         * rollcall.yaml
         * @description What Rollcall watches and whom it tells, as a file.
         */
        ConfigFile: {
            $schema?: string | undefined;
            /** @enum {number} */
            version: 1;
            /**
             * @description Marks what comes from this file: --prune removes nothing else
             * @default rollcall
             */
            name?: string | undefined;
            /** @default {} */
            endpoints?: {
                [key: string]: {
                    /** @description Default: the key under which it stands */
                    name?: string | undefined;
                    url: string;
                    /**
                     * @default auto
                     * @enum {string}
                     */
                    transport?: ("auto" | "streamable-http" | "sse") | undefined;
                    /**
                     * @default auto
                     * @enum {string}
                     */
                    era?: ("auto" | "legacy" | "modern") | undefined;
                    /** @default 60 */
                    intervalSeconds?: number | undefined;
                    /** @default 30000 */
                    timeoutMs?: number | undefined;
                    regions?: string[] | undefined;
                    headers?: {
                        [key: string]: string;
                    } | undefined;
                    auth?: ({
                        /** @enum {string} */
                        type: "none";
                    } | {
                        /** @enum {string} */
                        type: "bearer";
                        token: string;
                    } | {
                        /** @enum {string} */
                        type: "oauth";
                        clientId: string;
                        clientSecret: string;
                        scope?: string | undefined;
                        /** Format: uri */
                        issuer?: string | undefined;
                    }) | undefined;
                    expect?: {
                        latencyMs?: number | undefined;
                        minTools?: number | undefined;
                        requiredTools?: string[] | undefined;
                        protocolVersions?: string[] | undefined;
                        serverName?: string | undefined;
                        serverVersion?: string | undefined;
                        certificateDays?: number | undefined;
                        call?: {
                            tool: string;
                            /** @default {} */
                            arguments?: {
                                [key: string]: unknown;
                            } | undefined;
                            /** @default [] */
                            assert?: {
                                path: string;
                                equals?: ((string | number | boolean) | null) | undefined;
                                contains?: (string | number | boolean) | undefined;
                                min?: number | undefined;
                                max?: number | undefined;
                            }[] | undefined;
                        } | undefined;
                    } | undefined;
                    policy?: components["schemas"]["Policy"] | undefined;
                    /** @default [] */
                    tags?: string[] | undefined;
                    /** @default false */
                    paused?: boolean | undefined;
                };
            } | undefined;
            /** @default {} */
            channels?: {
                [key: string]: {
                    /** @enum {string} */
                    type: "email" | "webhook" | "slack" | "discord" | "teams" | "google-chat" | "telegram" | "pagerduty" | "opsgenie" | "ntfy" | "pushover" | "mattermost";
                    /** @description Default: the key under which it stands */
                    name?: string | undefined;
                    config: {
                        [key: string]: unknown;
                    };
                    /** @default [] */
                    routes?: {
                        tags?: string[] | undefined;
                        endpoints?: string[] | undefined;
                        events?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
                        severities?: ("down" | "degraded" | "notice")[] | undefined;
                    }[] | undefined;
                    /** @default true */
                    enabled?: boolean | undefined;
                    /** @default null */
                    quietHours?: ({
                        from: string;
                        to: string;
                        /** @default UTC */
                        timeZone?: string | undefined;
                        weekdays?: number[] | undefined;
                        /**
                         * @default [
                         *       "endpoint.down"
                         *     ]
                         */
                        through?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
                    } | null) | undefined;
                    /** @default null */
                    remindMinutes?: (number | null) | undefined;
                    /** @default [] */
                    escalation?: {
                        afterMinutes: number;
                        channel: string;
                    }[] | undefined;
                    /** @default false */
                    standby?: boolean | undefined;
                };
            } | undefined;
            /** @default {} */
            maintenanceWindows?: {
                [key: string]: {
                    /** @description Default: the key under which it stands */
                    name?: string | undefined;
                    /** @default  */
                    description?: string | undefined;
                    /** Format: date-time */
                    startsAt: string;
                    /** Format: date-time */
                    endsAt: string;
                    /** @default null */
                    recurrence?: ({
                        /** @enum {string} */
                        every: "day" | "week";
                        weekdays?: number[] | undefined;
                        /** @default UTC */
                        timeZone?: string | undefined;
                        /** @default null */
                        until?: (string | null) | undefined;
                    } | null) | undefined;
                    /** @default [] */
                    endpoints?: string[] | undefined;
                    /** @default [] */
                    tags?: string[] | undefined;
                };
            } | undefined;
        };
        ConfigResult: {
            name: string;
            dryRun: boolean;
            counts: {
                create: number;
                update: number;
                delete: number;
                unchanged: number;
            };
            items: {
                /** @enum {string} */
                kind: "endpoint" | "channel" | "maintenanceWindow";
                key: string;
                /** @enum {string} */
                action: "create" | "update" | "delete" | "unchanged";
                id: string | null;
                changes: {
                    member: string;
                    before: unknown;
                    after: unknown;
                }[];
                secret?: string | undefined;
            }[];
        };
        CreateApiKey: {
            name: string;
            scopes: ("read" | "write" | "admin")[];
            /** Format: date-time */
            expiresAt?: string | undefined;
        };
        CreateChannel: {
            /** @enum {string} */
            type: "email" | "webhook" | "slack" | "discord" | "teams" | "google-chat" | "telegram" | "pagerduty" | "opsgenie" | "ntfy" | "pushover" | "mattermost";
            name: string;
            config: {
                [key: string]: unknown;
            };
            /** @default [] */
            routes?: {
                tags?: string[] | undefined;
                endpoints?: string[] | undefined;
                events?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
                severities?: ("down" | "degraded" | "notice")[] | undefined;
            }[] | undefined;
            /** @default true */
            enabled?: boolean | undefined;
            /** @default null */
            quietHours?: ({
                from: string;
                to: string;
                /** @default UTC */
                timeZone?: string | undefined;
                weekdays?: number[] | undefined;
                /**
                 * @default [
                 *       "endpoint.down"
                 *     ]
                 */
                through?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
            } | null) | undefined;
            /** @default null */
            remindMinutes?: (number | null) | undefined;
            /** @default [] */
            escalation?: {
                afterMinutes: number;
                channel: string;
            }[] | undefined;
            /** @default false */
            standby?: boolean | undefined;
        };
        CreateEndpoint: {
            name: string;
            url: string;
            /**
             * @default auto
             * @enum {string}
             */
            transport?: ("auto" | "streamable-http" | "sse") | undefined;
            /**
             * @default auto
             * @enum {string}
             */
            era?: ("auto" | "legacy" | "modern") | undefined;
            /** @default 60 */
            intervalSeconds?: number | undefined;
            /** @default 30000 */
            timeoutMs?: number | undefined;
            regions?: string[] | undefined;
            headers?: {
                [key: string]: string;
            } | undefined;
            auth?: ({
                /** @enum {string} */
                type: "none";
            } | {
                /** @enum {string} */
                type: "bearer";
                token: string;
            } | {
                /** @enum {string} */
                type: "oauth";
                clientId: string;
                clientSecret: string;
                scope?: string | undefined;
                /** Format: uri */
                issuer?: string | undefined;
            }) | undefined;
            expect?: {
                latencyMs?: number | undefined;
                minTools?: number | undefined;
                requiredTools?: string[] | undefined;
                protocolVersions?: string[] | undefined;
                serverName?: string | undefined;
                serverVersion?: string | undefined;
                certificateDays?: number | undefined;
                call?: {
                    tool: string;
                    /** @default {} */
                    arguments?: {
                        [key: string]: unknown;
                    } | undefined;
                    /** @default [] */
                    assert?: {
                        path: string;
                        equals?: ((string | number | boolean) | null) | undefined;
                        contains?: (string | number | boolean) | undefined;
                        min?: number | undefined;
                        max?: number | undefined;
                    }[] | undefined;
                } | undefined;
            } | undefined;
            policy?: components["schemas"]["Policy"] | undefined;
            /** @default [] */
            tags?: string[] | undefined;
            /** @default false */
            paused?: boolean | undefined;
        };
        CreateMaintenance: {
            name: string;
            /** @default  */
            description?: string | undefined;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            /** @default null */
            recurrence?: ({
                /** @enum {string} */
                every: "day" | "week";
                weekdays?: number[] | undefined;
                /** @default UTC */
                timeZone?: string | undefined;
                /** @default null */
                until?: (string | null) | undefined;
            } | null) | undefined;
            /** @default [] */
            endpoints?: string[] | undefined;
            /** @default [] */
            tags?: string[] | undefined;
        };
        CreateStatusPage: {
            slug: string;
            title: string;
            /** @default  */
            description?: string | undefined;
            /** @default true */
            published?: boolean | undefined;
            /** @default null */
            password?: (string | null) | undefined;
            /** @default null */
            customDomain?: (string | null) | undefined;
            /** @default null */
            accentColor?: (string | null) | undefined;
            /** @default null */
            logo?: (string | null) | undefined;
            /** @default null */
            homepageUrl?: (string | null) | undefined;
            /** @default en */
            locale?: string | undefined;
            /**
             * @default {
             *       "uptime": true,
             *       "history": true,
             *       "latency": true,
             *       "tools": true,
             *       "urls": false
             *     }
             */
            show?: {
                /** @default true */
                uptime?: boolean | undefined;
                /** @default true */
                history?: boolean | undefined;
                /** @default true */
                latency?: boolean | undefined;
                /** @default true */
                tools?: boolean | undefined;
                /** @default false */
                urls?: boolean | undefined;
            } | undefined;
            /**
             * @default {
             *       "mode": "auto"
             *     }
             */
            publishing?: ({
                /** @enum {string} */
                mode: "auto";
            } | {
                /** @enum {string} */
                mode: "delayed";
                minutes: number;
            } | {
                /** @enum {string} */
                mode: "manual";
            }) | undefined;
            /** @default [] */
            components?: {
                id?: string | undefined;
                endpoint: string;
                slug?: string | undefined;
                name?: string | undefined;
                /** @default  */
                description?: string | undefined;
                /** @default  */
                group?: string | undefined;
                /** @default null */
                publishing?: (({
                    /** @enum {string} */
                    mode: "auto";
                } | {
                    /** @enum {string} */
                    mode: "delayed";
                    minutes: number;
                } | {
                    /** @enum {string} */
                    mode: "manual";
                }) | null) | undefined;
            }[] | undefined;
        };
        CreateStatusReport: {
            title: string;
            /**
             * @default investigating
             * @enum {string}
             */
            status?: ("investigating" | "identified" | "monitoring" | "resolved") | undefined;
            text: string;
            /** @default [] */
            affected?: {
                component: string;
                /**
                 * @default degraded
                 * @enum {string}
                 */
                impact?: ("operational" | "degraded" | "outage" | "maintenance") | undefined;
            }[] | undefined;
            /** @default true */
            published?: boolean | undefined;
            /** Format: date-time */
            startedAt?: string | undefined;
        };
        CreatedApiKey: {
            id: string;
            name: string;
            prefix: string;
            scopes: ("read" | "write" | "admin")[];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            replacedBy: string | null;
            key: string;
        };
        CreatedChannel: {
            id: string;
            /** @enum {string} */
            type: "email" | "webhook" | "slack" | "discord" | "teams" | "google-chat" | "telegram" | "pagerduty" | "opsgenie" | "ntfy" | "pushover" | "mattermost";
            name: string;
            config: {
                [key: string]: unknown;
            };
            routes: {
                tags?: string[] | undefined;
                endpoints?: string[] | undefined;
                events?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
                severities?: ("down" | "degraded" | "notice")[] | undefined;
            }[];
            enabled: boolean;
            quietHours: {
                from: string;
                to: string;
                /** @default UTC */
                timeZone: string;
                weekdays?: number[] | undefined;
                /**
                 * @default [
                 *       "endpoint.down"
                 *     ]
                 */
                through: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[];
            } | null;
            remindMinutes: number | null;
            escalation: {
                afterMinutes: number;
                channel: string;
            }[];
            standby: boolean;
            failingSince: string | null;
            unhealthySince: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            secret?: string | undefined;
        };
        CreatedInvitation: {
            id: string;
            email: string;
            /** @enum {string} */
            role: "admin" | "member" | "viewer";
            /** @enum {string} */
            status: "pending" | "accepted" | "revoked" | "expired";
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
            emailSent: boolean;
        };
        Delivery: {
            id: string;
            noticeId: string;
            channelId: string;
            /** @enum {string} */
            type: "endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test" | "status.confirm" | "status.updated";
            attempt: number;
            /** @enum {string} */
            status: "delivered" | "failed";
            nextAttemptAt: string | null;
            /** Format: date-time */
            startedAt: string;
            durationMs: number;
            request: {
                [key: string]: unknown;
            };
            response: {
                [key: string]: unknown;
            };
            error: string | null;
        };
        Endpoint: {
            id: string;
            name: string;
            url: string;
            /** @enum {string} */
            transport: "auto" | "streamable-http" | "sse";
            /** @enum {string} */
            era: "auto" | "legacy" | "modern";
            intervalSeconds: number;
            timeoutMs: number;
            regions: string[];
            headers: {
                [key: string]: "[redacted]";
            };
            auth: {
                /** @enum {string} */
                type: "none" | "bearer" | "oauth";
                issuer?: string | undefined;
            };
            expect: components["schemas"]["Expect"];
            policy: components["schemas"]["Policy"];
            tags: string[];
            paused: boolean;
            demo: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            state: components["schemas"]["EndpointState"];
            warnings?: {
                pointer: string;
                message: string;
            }[] | undefined;
        };
        EndpointHours: {
            /** Format: date-time */
            from: string;
            data: {
                id: string;
                hours: ("up" | "degraded" | "down" | "gated" | "no_data")[];
            }[];
        };
        EndpointState: {
            /** @enum {string} */
            status: "pending" | "up" | "degraded" | "down" | "gated" | "no_data" | "paused" | "maintenance";
            /** Format: date-time */
            since: string;
            cause: {
                code: string;
                title: string;
                severity: string;
            } | null;
            lastProbeAt: string | null;
            nextProbeAt: string | null;
            latencyMs: number | null;
            transport: string | null;
            era: string | null;
            protocolVersion: string | null;
            server: {
                name: string;
                version: string;
            } | null;
            toolCount: number | null;
            certificate: {
                subject: string;
                issuer: string;
                /** Format: date-time */
                notBefore: string;
                /** Format: date-time */
                notAfter: string;
                daysLeft: number;
            } | null;
            openIncidentId: string | null;
        };
        Exchange: {
            n: number;
            method: string;
            url: string;
            status: number | null;
            timings: {
                dnsMs: number;
                tcpMs: number;
                tlsMs: number;
                ttfbMs: number;
                totalMs: number;
            };
            requestHeaders: {
                [key: string]: string;
            };
            responseHeaders: {
                [key: string]: string;
            };
            requestBody: string | null;
            responseBody: string | null;
            error: string | null;
            curl: string;
        };
        Expect: {
            latencyMs?: number | undefined;
            minTools?: number | undefined;
            requiredTools?: string[] | undefined;
            protocolVersions?: string[] | undefined;
            serverName?: string | undefined;
            serverVersion?: string | undefined;
            certificateDays?: number | undefined;
            call?: {
                tool: string;
                /** @default {} */
                arguments: {
                    [key: string]: unknown;
                };
                /** @default [] */
                assert: {
                    path: string;
                    equals?: ((string | number | boolean) | null) | undefined;
                    contains?: (string | number | boolean) | undefined;
                    min?: number | undefined;
                    max?: number | undefined;
                }[];
            } | undefined;
        };
        ImportResult: {
            /** @enum {string} */
            format: "mcp-json" | "claude-json" | "claude-desktop" | "vscode" | "cursor" | "windsurf" | "gemini-cli" | "librechat" | "server-json";
            dryRun: boolean;
            endpoints: {
                name: string;
                url: string | null;
                transport: ("auto" | "streamable-http" | "sse") | null;
                /** @enum {string} */
                status: "created" | "exists" | "skipped";
                reason: string | null;
                id: string | null;
            }[];
            findings: {
                /** @enum {string} */
                severity: "error" | "warning" | "notice";
                code: string;
                path: string;
                line: number | null;
                message: string;
                fix: string | null;
            }[];
        };
        Incident: {
            id: string;
            endpoint: {
                id: string;
                name: string;
                url: string;
            };
            /** @enum {string} */
            status: "open" | "resolved";
            severity: string;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            confirmedAt: string;
            resolvedAt: string | null;
            cause: components["schemas"]["Cause"];
            affectedClients: {
                id: string;
                name: string;
            }[];
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
            snoozedUntil: string | null;
            url: string;
        };
        IncidentDetail: {
            id: string;
            endpoint: {
                id: string;
                name: string;
                url: string;
            };
            /** @enum {string} */
            status: "open" | "resolved";
            severity: string;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            confirmedAt: string;
            resolvedAt: string | null;
            cause: components["schemas"]["Cause"];
            affectedClients: {
                id: string;
                name: string;
            }[];
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
            snoozedUntil: string | null;
            url: string;
            timeline: components["schemas"]["IncidentEvent"][];
            postmortem: {
                text: string;
                /** Format: date-time */
                at: string;
                by: string | null;
            } | null;
        };
        IncidentEvent: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            type: "opened" | "cause_changed" | "severity_changed" | "flapping" | "acknowledged" | "unacknowledged" | "snoozed" | "escalated" | "note" | "resolved";
            actor: string | null;
            data: {
                [key: string]: unknown;
            };
        };
        Invitation: {
            id: string;
            email: string;
            /** @enum {string} */
            role: "admin" | "member" | "viewer";
            /** @enum {string} */
            status: "pending" | "accepted" | "revoked" | "expired";
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            createdAt: string;
        };
        Maintenance: {
            id: string;
            name: string;
            description: string;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            recurrence: {
                /** @enum {string} */
                every: "day" | "week";
                weekdays?: number[] | undefined;
                /** @default UTC */
                timeZone: string;
                /** @default null */
                until: string | null;
            } | null;
            endpoints: string[];
            tags: string[];
            active: boolean;
            next: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Me: {
            user: {
                id: string;
                name: string;
                email: string;
            } | null;
            organization: {
                id: string;
                name: string;
                slug: string;
            };
            role: ("owner" | "admin" | "member" | "viewer") | null;
            installation: {
                demo: boolean;
                smtpConfigured: boolean;
                publicUrl: string;
            };
        };
        Member: {
            id: string;
            user: {
                id: string;
                name: string;
                email: string;
            };
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "viewer";
            /** Format: date-time */
            createdAt: string;
        };
        Notice: {
            id: string;
            channelId: string;
            endpointId: string | null;
            incidentId: string | null;
            /** @enum {string} */
            type: "endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test" | "status.confirm" | "status.updated";
            /** @enum {string} */
            status: "pending" | "delivered" | "dead" | "grouped" | "withdrawn";
            attempts: number;
            nextAttemptAt: string | null;
            heldBy: ("quiet" | "silence") | null;
            followUp: ("reminder" | "escalation") | null;
            leaderId: string | null;
            groupSize: number;
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
        };
        OfferedInvitation: {
            organization: {
                name: string;
            };
            email: string;
            /** @enum {string} */
            role: "admin" | "member" | "viewer";
            /** Format: date-time */
            expiresAt: string;
            hasAccount: boolean;
        };
        OrganizationSettings: {
            id: string;
            name: string;
            slug: string;
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            signup: "open" | "invite" | "off";
            plan: string;
            quotas: {
                endpoints: number;
                channels: number;
                minIntervalSeconds: number;
            };
            usage: {
                endpoints: number;
                channels: number;
                members: number;
            };
        };
        Overview: {
            counts: {
                pending: number;
                up: number;
                degraded: number;
                down: number;
                gated: number;
                no_data: number;
                paused: number;
                maintenance: number;
            };
            openIncidents: components["schemas"]["Incident"][];
            slowest: {
                endpoint: {
                    id: string;
                    name: string;
                    url: string;
                };
                /** @enum {string} */
                status: "pending" | "up" | "degraded" | "down" | "gated" | "no_data" | "paused" | "maintenance";
                latencyMs: number;
            }[];
            recentChanges: {
                /** Format: date-time */
                at: string;
                endpoint: {
                    id: string;
                    name: string;
                    url: string;
                };
                /** @enum {string} */
                type: "opened" | "resolved" | "cause_changed" | "severity_changed";
                incidentId: string;
                cause: {
                    code: string;
                    title: string;
                    severity: string;
                };
            }[];
            certificates: {
                endpoint: {
                    id: string;
                    name: string;
                    url: string;
                };
                /** Format: date-time */
                notAfter: string;
                daysLeft: number;
            }[];
            toolChanges: {
                id: string;
                /** Format: date-time */
                at: string;
                endpoint: {
                    id: string;
                    name: string;
                    url: string;
                };
                /** @enum {string} */
                class: "breaking" | "text" | "additive";
                summary: string;
            }[];
        };
        Policy: {
            confirmations?: number | undefined;
            recoveryConfirmations?: number | undefined;
            quorum?: (("any" | "majority" | "all") | number) | undefined;
            overrides?: {
                code: string;
                /** @enum {string} */
                severity: "down" | "degraded" | "notice" | "mute";
                reason: string;
                force?: boolean | undefined;
            }[] | undefined;
            drift?: {
                /** @enum {string} */
                breaking?: ("alert" | "record") | undefined;
                /** @enum {string} */
                text?: ("alert" | "record") | undefined;
                /** @enum {string} */
                additive?: ("alert" | "record") | undefined;
            } | undefined;
        };
        Probe: {
            id: string;
            endpointId: string;
            region: string;
            kind: string;
            /** Format: date-time */
            slot: string;
            /** Format: date-time */
            startedAt: string;
            durationMs: number;
            /** @enum {string} */
            verdict: "up" | "degraded" | "down" | "gated" | "unknown";
            cause: string | null;
            toolCount: number | null;
            steps: components["schemas"]["Step"][];
        };
        ProbeDetail: {
            id: string;
            endpointId: string;
            region: string;
            kind: string;
            /** Format: date-time */
            slot: string;
            /** Format: date-time */
            startedAt: string;
            durationMs: number;
            /** @enum {string} */
            verdict: "up" | "degraded" | "down" | "gated" | "unknown";
            cause: string | null;
            toolCount: number | null;
            steps: components["schemas"]["Step"][];
            causeDetail: components["schemas"]["Cause"] | null;
            findings: components["schemas"]["Cause"][];
            clients?: {
                id: string;
                name: string;
                /** @enum {string} */
                verdict: "works" | "fails" | "unknown";
                because: string | null;
            }[] | undefined;
            exchanges: components["schemas"]["Exchange"][] | null;
        };
        PublicPage: {
            /** @enum {string} */
            schema: "rollcall.status/1";
            page: {
                slug: string;
                title: string;
                description: string;
                url: string;
                homepageUrl: string | null;
                logo: string | null;
                accentColor: string | null;
                locale: string;
                passwordProtected: boolean;
                show: {
                    /** @default true */
                    uptime: boolean;
                    /** @default true */
                    history: boolean;
                    /** @default true */
                    latency: boolean;
                    /** @default true */
                    tools: boolean;
                    /** @default false */
                    urls: boolean;
                };
            };
            /** Format: date-time */
            generatedAt: string;
            /** @enum {string} */
            status: "operational" | "degraded" | "partial_outage" | "outage" | "maintenance" | "unknown";
            summary: string;
            groups: {
                name: string | null;
                components: {
                    slug: string;
                    name: string;
                    description: string;
                    /** @enum {string} */
                    status: "operational" | "degraded" | "outage" | "maintenance" | "unknown";
                    since: string | null;
                    uptime90d: number | null;
                    days: {
                        date: string;
                        uptime: number | null;
                        /** @enum {string} */
                        worst: "pending" | "up" | "degraded" | "down" | "gated" | "no_data" | "paused" | "maintenance";
                        downSeconds: number;
                    }[];
                    latency: {
                        p50Ms: number | null;
                        hours: (number | null)[];
                    } | null;
                    tools: {
                        count: number;
                        lastChangedAt: string | null;
                    } | null;
                    url: string | null;
                }[];
            }[];
            open: {
                id: string;
                /** @enum {string} */
                kind: "incident" | "report";
                title: string;
                /** @enum {string} */
                status: "investigating" | "identified" | "monitoring" | "resolved";
                /** @enum {string} */
                impact: "operational" | "degraded" | "outage" | "maintenance";
                components: string[];
                /** Format: date-time */
                startedAt: string;
                resolvedAt: string | null;
                updates: {
                    id: string;
                    /** Format: date-time */
                    at: string;
                    /** @enum {string} */
                    status: "investigating" | "identified" | "monitoring" | "resolved";
                    text: string;
                }[];
                url: string;
            }[];
            maintenance: {
                id: string;
                title: string;
                description: string;
                /** Format: date-time */
                announcedAt: string;
                /** Format: date-time */
                startsAt: string;
                /** Format: date-time */
                endsAt: string;
                active: boolean;
                components: string[];
            }[];
            history: {
                month: string;
                incidents: {
                    id: string;
                    /** @enum {string} */
                    kind: "incident" | "report";
                    title: string;
                    /** @enum {string} */
                    status: "investigating" | "identified" | "monitoring" | "resolved";
                    /** @enum {string} */
                    impact: "operational" | "degraded" | "outage" | "maintenance";
                    components: string[];
                    /** Format: date-time */
                    startedAt: string;
                    resolvedAt: string | null;
                    updates: {
                        id: string;
                        /** Format: date-time */
                        at: string;
                        /** @enum {string} */
                        status: "investigating" | "identified" | "monitoring" | "resolved";
                        text: string;
                    }[];
                    url: string;
                }[];
            }[];
            uptimeFormula: string;
        };
        Report: {
            /** @enum {string} */
            schema: "rollcall.report/1";
            url: string;
            startedAt: string;
            durationMs: number;
            region: string;
            /** @enum {string} */
            verdict: "up" | "degraded" | "down" | "gated" | "unknown";
            transport: ("streamable-http" | "sse") | null;
            eras: {
                /** @enum {string} */
                modern: "works" | "fails" | "absent" | "untested";
                /** @enum {string} */
                legacy: "works" | "fails" | "absent" | "untested";
            };
            protocolVersion: string | null;
            server: {
                name: string;
                version: string;
                capabilities: {
                    [key: string]: unknown;
                };
            } | null;
            tools: {
                count: number;
                hash: string;
                names: string[];
            } | null;
            steps: components["schemas"]["Step"][];
            cause: components["schemas"]["Cause"] | null;
            findings: components["schemas"]["Cause"][];
            clients: {
                id: string;
                name: string;
                /** @enum {string} */
                verdict: "works" | "fails" | "unknown";
                because: string | null;
            }[];
            exchanges: components["schemas"]["Exchange"][];
            unfinished?: string[] | undefined;
        };
        SignInOptions: {
            /** @enum {string} */
            signup: "open" | "invite" | "off";
            confirmsAddress: boolean;
            providers: ("github" | "google" | "oidc")[];
        };
        Silence: {
            until: string | null;
            by: string | null;
        };
        Stats: {
            /** @enum {string} */
            window: "24h" | "7d" | "30d" | "90d";
            uptime: number | null;
            downSeconds: number;
            measuredSeconds: number;
            maintenanceSeconds: number;
            latencyMs: {
                p50: number | null;
                p95: number | null;
                p99: number | null;
            };
            days: {
                date: string;
                uptime: number | null;
                /** @enum {string} */
                worst: "pending" | "up" | "degraded" | "down" | "gated" | "no_data" | "paused" | "maintenance";
                downSeconds: number;
            }[];
            series: {
                /** Format: date-time */
                at: string;
                p50: number | null;
                p95: number | null;
                p99: number | null;
                failures: number;
                probes: number;
            }[];
            bands: {
                /** @enum {string} */
                kind: "incident" | "maintenance";
                /** Format: date-time */
                from: string;
                to: string | null;
                incident: {
                    id: string;
                    severity: string;
                    title: string;
                } | null;
            }[];
        };
        StatusComponent: {
            id: string;
            endpoint: string;
            slug: string;
            name: string;
            description: string;
            group: string;
            publishing: ({
                /** @enum {string} */
                mode: "auto";
            } | {
                /** @enum {string} */
                mode: "delayed";
                minutes: number;
            } | {
                /** @enum {string} */
                mode: "manual";
            }) | null;
        };
        StatusPage: {
            id: string;
            slug: string;
            url: string;
            title: string;
            description: string;
            published: boolean;
            passwordProtected: boolean;
            customDomain: string | null;
            accentColor: string | null;
            logo: string | null;
            homepageUrl: string | null;
            locale: string;
            show: {
                /** @default true */
                uptime: boolean;
                /** @default true */
                history: boolean;
                /** @default true */
                latency: boolean;
                /** @default true */
                tools: boolean;
                /** @default false */
                urls: boolean;
            };
            publishing: {
                /** @enum {string} */
                mode: "auto";
            } | {
                /** @enum {string} */
                mode: "delayed";
                minutes: number;
            } | {
                /** @enum {string} */
                mode: "manual";
            };
            components: components["schemas"]["StatusComponent"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        StatusReport: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "investigating" | "identified" | "monitoring" | "resolved";
            affected: {
                component: string;
                /** @enum {string} */
                impact: "operational" | "degraded" | "outage" | "maintenance";
            }[];
            published: boolean;
            publishedAt: string | null;
            /** Format: date-time */
            startedAt: string;
            resolvedAt: string | null;
            updates: {
                id: string;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                status: "investigating" | "identified" | "monitoring" | "resolved";
                text: string;
            }[];
            url: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        StatusSubscriber: {
            id: string;
            /** @enum {string} */
            type: "email" | "webhook" | "slack";
            target: string;
            confirmedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Step: {
            name: string;
            ms: number;
            ok: boolean;
        };
        TestResult: {
            delivered: boolean;
            delivery: components["schemas"]["Delivery"];
        };
        ToolChange: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            class: "breaking" | "text" | "additive";
            classes: ("breaking" | "text" | "additive")[];
            summary: string;
            unversioned: boolean;
            before: {
                hash: string;
                count: number;
                server: {
                    name: string;
                    version: string;
                } | null;
            };
            after: {
                hash: string;
                count: number;
                server: {
                    name: string;
                    version: string;
                } | null;
            };
            added: string[];
            removed: string[];
            changed: string[];
            changes: {
                /** @enum {string} */
                class: "breaking" | "text" | "additive";
                what: string;
                tool: string | null;
                pointer: string;
                before: string | null;
                after: string | null;
            }[];
            total: number;
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
        };
        ToolsSeen: {
            count: number;
            hash: string | null;
            observedAt: string | null;
            server: {
                name: string;
                version: string;
            } | null;
            instructions: string | null;
            baseline: {
                hash: string;
                count: number;
                same: boolean;
            } | null;
            data: ({
                name: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        UpdateChannel: {
            name?: string | undefined;
            config?: {
                [key: string]: unknown;
            } | undefined;
            routes?: {
                tags?: string[] | undefined;
                endpoints?: string[] | undefined;
                events?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
                severities?: ("down" | "degraded" | "notice")[] | undefined;
            }[] | undefined;
            enabled?: boolean | undefined;
            quietHours?: ({
                from: string;
                to: string;
                /** @default UTC */
                timeZone?: string | undefined;
                weekdays?: number[] | undefined;
                /**
                 * @default [
                 *       "endpoint.down"
                 *     ]
                 */
                through?: ("endpoint.down" | "endpoint.degraded" | "endpoint.recovered" | "endpoint.gated" | "endpoint.no_data" | "incident.acknowledged" | "tools.changed" | "certificate.expiring" | "channel.failing" | "channel.recovered" | "test")[] | undefined;
            } | null) | undefined;
            remindMinutes?: (number | null) | undefined;
            escalation?: {
                afterMinutes: number;
                channel: string;
            }[] | undefined;
            standby?: boolean | undefined;
        };
        UpdateEndpoint: {
            name?: string | undefined;
            url?: string | undefined;
            /** @enum {string} */
            transport?: ("auto" | "streamable-http" | "sse") | undefined;
            /** @enum {string} */
            era?: ("auto" | "legacy" | "modern") | undefined;
            intervalSeconds?: number | undefined;
            timeoutMs?: number | undefined;
            regions?: string[] | undefined;
            headers?: {
                [key: string]: string;
            } | undefined;
            auth?: ({
                /** @enum {string} */
                type: "none";
            } | {
                /** @enum {string} */
                type: "bearer";
                token: string;
            } | {
                /** @enum {string} */
                type: "oauth";
                clientId: string;
                clientSecret: string;
                scope?: string | undefined;
                /** Format: uri */
                issuer?: string | undefined;
            }) | undefined;
            expect?: {
                latencyMs?: number | undefined;
                minTools?: number | undefined;
                requiredTools?: string[] | undefined;
                protocolVersions?: string[] | undefined;
                serverName?: string | undefined;
                serverVersion?: string | undefined;
                certificateDays?: number | undefined;
                call?: {
                    tool: string;
                    /** @default {} */
                    arguments?: {
                        [key: string]: unknown;
                    } | undefined;
                    /** @default [] */
                    assert?: {
                        path: string;
                        equals?: ((string | number | boolean) | null) | undefined;
                        contains?: (string | number | boolean) | undefined;
                        min?: number | undefined;
                        max?: number | undefined;
                    }[] | undefined;
                } | undefined;
            } | undefined;
            policy?: components["schemas"]["Policy"] | undefined;
            tags?: string[] | undefined;
            paused?: boolean | undefined;
        };
        UpdateIncident: {
            postmortem: string | null;
        };
        UpdateMaintenance: {
            name?: string | undefined;
            description?: string | undefined;
            /** Format: date-time */
            startsAt?: string | undefined;
            /** Format: date-time */
            endsAt?: string | undefined;
            recurrence?: ({
                /** @enum {string} */
                every: "day" | "week";
                weekdays?: number[] | undefined;
                /** @default UTC */
                timeZone?: string | undefined;
                /** @default null */
                until?: (string | null) | undefined;
            } | null) | undefined;
            endpoints?: string[] | undefined;
            tags?: string[] | undefined;
        };
        UpdateOrganization: {
            name?: string | undefined;
            slug?: string | undefined;
        };
        UpdateStatusPage: {
            slug?: string | undefined;
            title?: string | undefined;
            description?: string | undefined;
            published?: boolean | undefined;
            password?: (string | null) | undefined;
            customDomain?: (string | null) | undefined;
            accentColor?: (string | null) | undefined;
            logo?: (string | null) | undefined;
            homepageUrl?: (string | null) | undefined;
            locale?: string | undefined;
            show?: {
                /** @default true */
                uptime?: boolean | undefined;
                /** @default true */
                history?: boolean | undefined;
                /** @default true */
                latency?: boolean | undefined;
                /** @default true */
                tools?: boolean | undefined;
                /** @default false */
                urls?: boolean | undefined;
            } | undefined;
            publishing?: ({
                /** @enum {string} */
                mode: "auto";
            } | {
                /** @enum {string} */
                mode: "delayed";
                minutes: number;
            } | {
                /** @enum {string} */
                mode: "manual";
            }) | undefined;
            components?: {
                id?: string | undefined;
                endpoint: string;
                slug?: string | undefined;
                name?: string | undefined;
                /** @default  */
                description?: string | undefined;
                /** @default  */
                group?: string | undefined;
                /** @default null */
                publishing?: (({
                    /** @enum {string} */
                    mode: "auto";
                } | {
                    /** @enum {string} */
                    mode: "delayed";
                    minutes: number;
                } | {
                    /** @enum {string} */
                    mode: "manual";
                }) | null) | undefined;
            }[] | undefined;
        };
        UpdateStatusReport: {
            title?: string | undefined;
            affected?: {
                component: string;
                /**
                 * @default degraded
                 * @enum {string}
                 */
                impact?: ("operational" | "degraded" | "outage" | "maintenance") | undefined;
            }[] | undefined;
            published?: boolean | undefined;
            /** Format: date-time */
            startedAt?: string | undefined;
        };
    };
    responses: {
        /** @description Refused or failed (RFC 9457): `code` is stable, `errors` names what is wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Kept for a day: a repeated request with this key gets the first answer again and does nothing */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Problem = components['schemas']['Problem'];
export type Account = components['schemas']['Account'];
export type AccountSession = components['schemas']['AccountSession'];
export type ApiKey = components['schemas']['ApiKey'];
export type AuditLogEntry = components['schemas']['AuditLogEntry'];
export type BulkAnswer = components['schemas']['BulkAnswer'];
export type Cause = components['schemas']['Cause'];
export type Channel = components['schemas']['Channel'];
export type CheckRequest = components['schemas']['CheckRequest'];
export type ClientConfig = components['schemas']['ClientConfig'];
export type ConfigFile = components['schemas']['ConfigFile'];
export type ConfigResult = components['schemas']['ConfigResult'];
export type CreateApiKey = components['schemas']['CreateApiKey'];
export type CreateChannel = components['schemas']['CreateChannel'];
export type CreateEndpoint = components['schemas']['CreateEndpoint'];
export type CreateMaintenance = components['schemas']['CreateMaintenance'];
export type CreateStatusPage = components['schemas']['CreateStatusPage'];
export type CreateStatusReport = components['schemas']['CreateStatusReport'];
export type CreatedApiKey = components['schemas']['CreatedApiKey'];
export type CreatedChannel = components['schemas']['CreatedChannel'];
export type CreatedInvitation = components['schemas']['CreatedInvitation'];
export type Delivery = components['schemas']['Delivery'];
export type Endpoint = components['schemas']['Endpoint'];
export type EndpointHours = components['schemas']['EndpointHours'];
export type EndpointState = components['schemas']['EndpointState'];
export type Exchange = components['schemas']['Exchange'];
export type Expect = components['schemas']['Expect'];
export type ImportResult = components['schemas']['ImportResult'];
export type Incident = components['schemas']['Incident'];
export type IncidentDetail = components['schemas']['IncidentDetail'];
export type IncidentEvent = components['schemas']['IncidentEvent'];
export type Invitation = components['schemas']['Invitation'];
export type Maintenance = components['schemas']['Maintenance'];
export type Me = components['schemas']['Me'];
export type Member = components['schemas']['Member'];
export type Notice = components['schemas']['Notice'];
export type OfferedInvitation = components['schemas']['OfferedInvitation'];
export type OrganizationSettings = components['schemas']['OrganizationSettings'];
export type Overview = components['schemas']['Overview'];
export type Policy = components['schemas']['Policy'];
export type Probe = components['schemas']['Probe'];
export type ProbeDetail = components['schemas']['ProbeDetail'];
export type PublicPage = components['schemas']['PublicPage'];
export type Report = components['schemas']['Report'];
export type SignInOptions = components['schemas']['SignInOptions'];
export type Silence = components['schemas']['Silence'];
export type Stats = components['schemas']['Stats'];
export type StatusComponent = components['schemas']['StatusComponent'];
export type StatusPage = components['schemas']['StatusPage'];
export type StatusReport = components['schemas']['StatusReport'];
export type StatusSubscriber = components['schemas']['StatusSubscriber'];
export type Step = components['schemas']['Step'];
export type TestResult = components['schemas']['TestResult'];
export type ToolChange = components['schemas']['ToolChange'];
export type ToolsSeen = components['schemas']['ToolsSeen'];
export type UpdateChannel = components['schemas']['UpdateChannel'];
export type UpdateEndpoint = components['schemas']['UpdateEndpoint'];
export type UpdateIncident = components['schemas']['UpdateIncident'];
export type UpdateMaintenance = components['schemas']['UpdateMaintenance'];
export type UpdateOrganization = components['schemas']['UpdateOrganization'];
export type UpdateStatusPage = components['schemas']['UpdateStatusPage'];
export type UpdateStatusReport = components['schemas']['UpdateStatusReport'];
export type ResponseProblem = components['responses']['Problem'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
