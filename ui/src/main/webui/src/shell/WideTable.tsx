import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';

/** A table that scrolls sideways where it is wider than its place, also by the keyboard (WCAG 2.1.1). */
export function WideTable<T extends object>({ label, ...table }: TableProps<T> & { label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scrolled = place.current?.querySelector('.ant-table-content');
    scrolled?.setAttribute('tabindex', '0');
    scrolled?.setAttribute('role', 'group');
    scrolled?.setAttribute('aria-label', label);
  }, [label]);
  return (
    <div ref={place}>
      <Table<T> className="wide-table" scroll={{ x: 'max-content' }} {...table} />
    </div>
  );
}
