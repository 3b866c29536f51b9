import Check from 'lucide/dist/esm/icons/check.mjs';
import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconShapes } from './Icon.tsx';
import { placeBeside, unseenUntilPlaced } from './place.ts';
import './menu.css';

export interface MenuItem {
  label: string;
  onPick: () => void;
  icon?: IconShapes;
  kind?: 'danger';
  /** One of several of which one is chosen. */
  checked?: boolean;
  hint?: string;
  /** Why it cannot be picked now. It stays reachable and says so. */
  why?: string | undefined;
}

export interface MenuSection {
  heading?: string;
  items: MenuItem[];
}

interface MenuProps {
  label: string;
  sections: MenuSection[];
  /** What the opening button shows, and its looks. */
  children: ComponentChildren;
  look: string;
  /** Something above the items that is not to be picked. */
  head?: ComponentChildren;
}

/** A button that opens a menu: arrow keys, Home, End and first letters move, Esc closes, focus comes back. */
export function Menu({ label, sections, children, look, head }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  const items = () => [...(panel.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const close = () => {
    panel.current?.hidePopover?.();
    button.current?.focus();
  };

  function toggled(event: { newState: string }) {
    const opened = event.newState === 'open';
    setOpen(opened);
    if (!opened || !button.current || !panel.current) return;
    placeBeside(panel.current, button.current);
    (items().find((item) => item.ariaChecked === 'true') ?? items()[0])?.focus();
  }

  function moved(event: KeyboardEvent) {
    const all = items();
    const to = nextItem(all, all.indexOf(document.activeElement as HTMLElement), event.key);
    if (event.key === 'Tab') panel.current?.hidePopover?.();
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={look}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popovertarget={id}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          panel.current?.showPopover();
        }}
      >
        {children}
      </button>
      <div ref={panel} id={id} class="menu" popover="auto" onBeforeToggle={unseenUntilPlaced} onToggle={toggled}>
        {head}
        <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={moved}>
          {sections.map(({ heading, items }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sections neither come nor go.
            <div key={index} role="group" aria-label={heading} class="menu-section">
              {heading && (
                <div class="menu-heading" aria-hidden="true">
                  {heading}
                </div>
              )}
              {items.map((item) => (
                <Item key={item.label} {...item} close={close} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

function Item({ label, onPick, icon, kind, checked, hint, why, close }: MenuItem & { close: () => void }) {
  return (
    <button
      type="button"
      {...(checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': checked })}
      tabIndex={-1}
      aria-disabled={why !== undefined || undefined}
      class={kind ? `menu-item menu-item-${kind}` : 'menu-item'}
      onClick={() => {
        if (why !== undefined) return;
        close();
        onPick();
      }}
    >
      {icon ? (
        <Icon of={icon} />
      ) : (
        checked !== undefined && <span class="menu-check">{checked && <Icon of={Check} />}</span>
      )}
      <span>
        {label}
        {(why ?? hint) && <small>{why ?? hint}</small>}
      </span>
    </button>
  );
}

/** Where a key leads in a list of items, if anywhere. */
export function nextItem(all: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return after.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase()));
}
