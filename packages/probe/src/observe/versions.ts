export const MODERN_VERSION = '2026-07-28';
export const LATEST_LEGACY_VERSION = '2025-11-25';
export const SSE_VERSION = '2024-11-05';
/** What the shipping SDKs accept from initialize (v1 1.32.2, v2 2.4.0 in the legacy era). */
export const LEGACY_VERSIONS: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'];
