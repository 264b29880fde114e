// The text's words by code points: from a selection to positions, and from positions to a selection.

export interface Piece {
  element: HTMLElement;
  start: number;
  end: number;
}

export interface Words {
  start: number;
  end: number;
}

const points = (text: string): number => [...text].length;

export class Text {
  readonly pieces: Piece[];
  readonly words: (Words & { paragraph: number })[] = [];

  constructor(page: HTMLElement) {
    this.pieces = [...page.querySelectorAll<HTMLElement>(".s")].map((element) => {
      const start = Number(element.dataset["s"]);
      return { element, start, end: start + points(element.textContent ?? "") };
    });
    [...page.querySelectorAll<HTMLElement>(".para")].forEach((paragraph, number) => {
      const parts = [...paragraph.querySelectorAll<HTMLElement>(".s")];
      const first = Number(parts[0]?.dataset["s"] ?? 0);
      const whole = parts.map((part) => part.textContent ?? "").join("");
      for (const found of whole.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’.,-][\p{L}\p{N}\p{M}]+)*/gu)) {
        const start = first + points(whole.slice(0, found.index));
        this.words.push({ start, end: start + points(found[0]), paragraph: number });
      }
    });
  }

  /** The pieces that hold some of these positions. */
  over(start: number, end: number): Piece[] {
    return this.pieces.filter((piece) => piece.start < end && piece.end > start);
  }

  /** What is selected, without white space at its ends; null where it is not the text's. */
  selected(): Words | null {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const held = this.pieces.filter((piece) => range.intersectsNode(piece.element));
    const first = held[0];
    const last = held[held.length - 1];
    if (!first || !last) return null;
    let start = first.element.contains(range.startContainer) ? first.start + inside(range.startContainer, range.startOffset) : first.start;
    let end = last.element.contains(range.endContainer) ? last.start + inside(range.endContainer, range.endOffset) : last.end;
    const letters = this.letters(start, end);
    while (start < end && !letters[0]?.trim()) letters.shift(), start++;
    while (end > start && !letters[letters.length - 1]?.trim()) letters.pop(), end--;
    return start < end ? { start, end } : null;
  }

  /** Selects positions as if by the mouse. */
  select(start: number, end: number): void {
    const first = this.pieces.find((piece) => piece.end > start);
    const last = [...this.pieces].reverse().find((piece) => piece.start < end);
    if (!first || !last) return;
    const range = document.createRange();
    range.setStart(...at(first, start));
    range.setEnd(...at(last, end));
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    last.element.scrollIntoView({ block: "nearest" });
  }

  quote(start: number, end: number): string {
    return this.letters(start, end).join("");
  }

  private letters(start: number, end: number): string[] {
    const out: string[] = [];
    let reached = start;
    for (const piece of this.over(start, end)) {
      if (piece.start > reached) out.push(...new Array<string>(piece.start - reached).fill(" "));
      const letters = [...(piece.element.textContent ?? "")];
      out.push(...letters.slice(Math.max(0, start - piece.start), end - piece.start));
      reached = piece.end;
    }
    return out;
  }
}

function inside(node: Node, offset: number): number {
  if (node.nodeType === Node.TEXT_NODE) return points((node.textContent ?? "").slice(0, offset));
  return offset ? points(node.textContent ?? "") : 0;
}

function at(piece: Piece, position: number): [Node, number] {
  const node = piece.element.firstChild ?? piece.element;
  const letters = [...(piece.element.textContent ?? "")];
  return [node, letters.slice(0, Math.max(0, position - piece.start)).join("").length];
}
