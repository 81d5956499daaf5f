import { initials } from "./initials.ts";

interface Props {
  name: string;
  size?: "s" | "m" | "l";
  /** Say the name; left out where it stands beside. */
  isNamed?: boolean;
}

export function Avatar({ name, size = "m", isNamed = false }: Props) {
  return isNamed ? (
    <span className="avatar" data-size={size} role="img" aria-label={name} title={name}>
      {initials(name)}
    </span>
  ) : (
    <span className="avatar" data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
