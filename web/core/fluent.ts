/**
 * Puts words together from a catalogue that the build has compiled from Fluent syntax (`compile` in `catalogue.ts`). Texts,
 * variables, choices and references are all that ours use; a test holds the answers against Fluent's own code.
 */

export type Pattern = string | Piece[];
/** A text, a variable, another message or term, or a choice by a variable among variants. */
export type Piece =
  | string
  | { var: string }
  | { see: string }
  | { by: string; of: Record<string, Pattern>; else: string };
export type Messages = Record<string, Pattern>;
export type Args = Record<string, string | number>;

export class Words {
  #all: Messages;
  #numbers: Intl.NumberFormat;
  #plurals: Intl.PluralRules;

  constructor(language: string, messages: Messages) {
    this.#all = messages;
    this.#numbers = new Intl.NumberFormat(language);
    this.#plurals = new Intl.PluralRules(language);
  }

  add(messages: Messages): void {
    this.#all = { ...this.#all, ...messages };
  }

  has(id: string): boolean {
    return id in this.#all;
  }

  /** The words for `id`; an unknown one answers with itself, so that a hole shows and nothing breaks. */
  say(id: string, args: Args = {}): string {
    return this.#join(this.#all[id] ?? id, args);
  }

  #join(pattern: Pattern, args: Args): string {
    return typeof pattern === 'string' ? pattern : pattern.map((piece) => this.#text(piece, args)).join('');
  }

  #text(piece: Piece, args: Args): string {
    if (typeof piece === 'string') return piece;
    if ('see' in piece) return this.say(piece.see, args);
    if ('by' in piece) return this.#join(piece.of[this.#key(piece.of, args[piece.by])] ?? piece.of[piece.else]!, args);
    const value = args[piece.var];
    return typeof value === 'number' ? this.#numbers.format(value) : (value ?? `{$${piece.var}}`);
  }

  /** A number chooses its own variant before that of its plural form. */
  #key(variants: Record<string, Pattern>, value: string | number | undefined): string {
    return typeof value === 'number' && !(value in variants) ? this.#plurals.select(value) : String(value);
  }
}
