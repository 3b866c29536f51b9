import Search from 'lucide/dist/esm/icons/search.mjs';
import { Icon } from './Icon.tsx';
import './search-field.css';

interface SearchFieldProps {
  label: string;
  value: string;
  maxLength: number;
  onSearch: (value: string) => void;
}

export function SearchField({ label, value, maxLength, onSearch }: SearchFieldProps) {
  return (
    <label class="search-field">
      <Icon of={Search} />
      <span class="quiet">{label}</span>
      <input
        type="search"
        placeholder={label}
        maxLength={maxLength}
        value={value}
        onInput={(event) => onSearch(event.currentTarget.value)}
      />
    </label>
  );
}
