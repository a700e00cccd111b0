import { useEffect, useState } from 'react';
import { queries, refreshing } from './api.js';

/** What a live page reads again when the server says that something happened. */
const LIVE = ['flows', 'consent-counts', 'counters', 'alarms', 'status', 'requests'];

/** Reads something again every so often, while the page is open and looked at. */
export function useEvery(ms: number, keys: readonly string[]): void {
  const what = keys.join();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      void refreshing(() =>
        queries.invalidateQueries({ predicate: ({ queryKey }) => what.split(',').includes(String(queryKey[0])) }),
      );
    }, ms);
    return () => clearInterval(timer);
  }, [ms, what]);
}

/** Hears of what happens by server-sent events, until it is paused or the page is left. */
export function useLive(): Readonly<{ isLive: boolean; setLive: (on: boolean) => void }> {
  const [isLive, setLive] = useState(true);
  useEffect(() => {
    if (!isLive) return undefined;
    const source = new EventSource('/console/api/events');
    source.addEventListener('changed', () => {
      void refreshing(() =>
        queries.invalidateQueries({ predicate: ({ queryKey }) => LIVE.includes(String(queryKey[0])) }),
      );
    });
    return () => source.close();
  }, [isLive]);
  return { isLive, setLive };
}
