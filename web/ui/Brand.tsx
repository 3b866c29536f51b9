import { logo } from '../core/look.ts';
import './brand.css';

/** The logo of this installation, beside its name and so without words of its own; nothing where there is none. */
export function Brand() {
  const from = logo();
  return from ? <img class="brand" src={from} alt="" /> : null;
}
