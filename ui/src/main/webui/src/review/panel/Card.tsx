import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

interface Props {
  id: string;
  selected: boolean;
  className?: string;
  head: ReactNode;
  children: ReactNode;
  onSelect: (id: string) => void;
}

/** An item of a list: its head selects it, and then shows the rest. */
export function Card({ id, selected, className = '', head, children, onSelect }: Props) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <li ref={card} className={`item ${className} ${selected ? 'item-selected' : ''}`} data-card={id}>
      <button type="button" className="item-head" aria-expanded={selected} onClick={() => onSelect(id)}>
        {head}
      </button>
      {selected && <div className="item-body">{children}</div>}
    </li>
  );
}
