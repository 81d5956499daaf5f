import { type ComponentType, type ReactNode, useEffect, useState } from "react";

interface LazySlot<Props> {
  Slot: ComponentType<Props & { fallback?: ReactNode }>;
  /** Fetches the code ahead of need. */
  preload: () => void;
}

/**
 * A component whose code comes later. Unlike React.lazy it does not suspend: React holds a revealed Suspense boundary
 * back for 300 ms, which is what a composer may take to open altogether.
 */
export function lazySlot<Props extends object>(load: () => Promise<ComponentType<Props>>): LazySlot<Props> {
  let loaded: ComponentType<Props> | undefined;
  let loading: Promise<ComponentType<Props>> | undefined;

  const preload = (): Promise<ComponentType<Props>> => {
    loading ??= load().then(
      (component) => {
        loaded = component;
        return component;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };

  function Slot({ fallback = null, ...props }: Props & { fallback?: ReactNode }) {
    const [state, setState] = useState<{ component?: ComponentType<Props>; error?: unknown }>({ component: loaded });
    useEffect(() => {
      if (state.component) return;
      let isCurrent = true;
      preload().then(
        (component) => isCurrent && setState({ component }),
        (error: unknown) => isCurrent && setState({ error }),
      );
      return () => {
        isCurrent = false;
      };
    }, [state.component]);
    // The nearest error boundary shows it and offers to try again.
    if (state.error) throw state.error;
    const Component = state.component;
    return Component ? <Component {...(props as unknown as Props)} /> : fallback;
  }

  // A failed preload is no failure yet: the slot loads again when it is shown, and reports then.
  return { Slot, preload: () => void preload().catch(() => undefined) };
}
