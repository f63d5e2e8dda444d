import { qrModules } from '#web/lib/qr.ts';

/** Dark on white in both themes, with the quiet zone of four modules: scanners read nothing else reliably. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = qrModules(text);
  const side = rows.length + 8;
  const path = rows.map((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')).join('')).join('');
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="w-48 rounded-control border bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
