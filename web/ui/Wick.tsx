import './wick.css';

/** The amber bar under a waiting time: it fills towards the reply target. The time above it says the same. */
export function Wick({ share }: { share: number }) {
  return <span class="wick" aria-hidden="true" style={{ '--burnt': Math.min(1, Math.max(0, share)) }} />;
}
