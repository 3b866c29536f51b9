/** The mark: a desk bell. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-bell" d="M6.5 20.5a9.5 9.5 0 0 1 19 0z" />
      <path class="mark-foot" d="M5 24.5h22" />
      <path class="mark-knob" d="M16 11V8M13.6 7.6h4.8" />
    </svg>
  );
}
