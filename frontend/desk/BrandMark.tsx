interface Props {
  brand: { name: string; logoUrl: string | null };
}

/** The company's logo, or its first letter in its own colour with its name. */
export function BrandMark({ brand }: Props) {
  return (
    <span className="brand-mark">
      {brand.logoUrl ? (
        <img src={brand.logoUrl} alt={brand.name} height={24} />
      ) : (
        <>
          <span className="letter" aria-hidden="true">
            {[...brand.name][0]?.toUpperCase()}
          </span>
          <span className="truncate">{brand.name}</span>
        </>
      )}
    </span>
  );
}
