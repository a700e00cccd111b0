import { GraphChart } from 'echarts/charts';
import { init, use as useParts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api.js';
import { token } from '../theme.js';

useParts([GraphChart, CanvasRenderer]);

type Place = Me['jurisdiction'];
type FlowProps = Readonly<{
  from: Place;
  flows: readonly Readonly<{ importer: Place; count: number }>[];
  nameOf: (place: Place) => string;
}>;

/** The order of the shore, east to west; the Mainland stands above both. */
const PLACES: Readonly<Record<Place, readonly [number, number]>> = { mo: [0, 100], cn: [200, 0], hk: [400, 100] };

/** Who may receive from here: thickness by the root of the number. The table below it says the same. */
export default function Flow({ from, flows, nameOf }: FlowProps): ReactElement {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const chart = init(place.current);
    const most = Math.max(1, ...flows.map(({ count }) => count));
    chart.setOption({
      animation: false,
      series: [
        {
          type: 'graph',
          left: 110,
          right: 110,
          top: 50,
          bottom: 60,
          silent: true,
          symbolSize: 22,
          itemStyle: { color: '#fff', borderColor: token('channel'), borderWidth: 3 },
          label: { show: true, position: 'bottom', color: token('text'), fontSize: 15 },
          data: (Object.keys(PLACES) as Place[]).map((name) => {
            const count = flows.find(({ importer }) => importer === name)?.count ?? 0;
            const [x, y] = PLACES[name];
            return { id: name, name: name === from ? nameOf(name) : `${nameOf(name)} · ${count}`, x, y };
          }),
          links: flows
            .filter(({ importer, count }) => importer !== from && count > 0)
            .map(({ importer, count }) => ({
              source: from,
              target: importer,
              lineStyle: { width: 2 + 10 * Math.sqrt(count / most), curveness: 0.25, color: token('channel') },
            })),
          edgeSymbol: ['none', 'arrow'],
          edgeSymbolSize: 12,
        },
      ],
    });
    const resize = (): void => chart.resize();
    window.addEventListener('resize', resize);
    return () => {
      window.removeEventListener('resize', resize);
      chart.dispose();
    };
  }, [from, flows, nameOf]);
  return <div ref={place} className="chart" role="img" aria-label={t('flow')} />;
}
