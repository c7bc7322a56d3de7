import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';

const REST_MILLIS = 250;

interface Props {
  label: string;
  /** What is searched for now; when somebody else changes it, the field follows. */
  value: string;
  onSearch: (text: string) => void;
  className?: string;
  plain?: boolean;
}

/** A text to search for. It is told, without spaces around it, when the typing rests. */
export function SearchField({ label, value, onSearch, className = 'filter-text', plain = false }: Props) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== told) {
      setTold(value);
      setText(value);
    }
  }
  const tell = useEffectEvent(() => {
    const words = text.trim();
    if (words === told) return;
    setTold(words);
    onSearch(words);
  });
  useEffect(() => {
    const timer = setTimeout(() => tell(), REST_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Input
      className={className}
      allowClear
      maxLength={200}
      prefix={plain ? null : <SearchOutlined aria-hidden />}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  );
}
