interface QrCodeProps {
  /** How many modules a side has. */
  size: number;
  /** The dark ones. */
  path: string;
  label: string;
}

/** Modules of quiet ground around a code, as its readers need. */
const QUIET = 4;

/** A QR code: dark on white, whatever the page is. */
export function QrCode({ size, path, label }: QrCodeProps) {
  const side = size + 2 * QUIET;
  return (
    <svg class="qr-code" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label}>
      <rect x={-QUIET} y={-QUIET} width={side} height={side} class="qr-code-ground" />
      <path d={path} class="qr-code-dark" shape-rendering="crispEdges" />
    </svg>
  );
}
