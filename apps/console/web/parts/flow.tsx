import type { FlowsView } from '@bayway/contracts';
import { CITIES, type Place } from '@bayway/domain';
import { formatNumber, placeName } from '@bayway/design/web';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { language } from '../i18n.js';
import { curve, marks, nodesOf, shoreline, type Node } from './flow-shape.js';

type Flow = FlowsView['flows'][number];

/** Where the requests behind a line are listed. */
export const behind = ({ from, to }: Pick<Flow, 'from' | 'to'>, days: number, result?: string): string =>
  `/console/requests?${new URLSearchParams({ from, to, days: String(days), ...(result ? { result } : {}) }).toString()}`;

const told = ({ from, to }: Flow, what: string, count: number): string =>
  `${placeName(language, from)} → ${placeName(language, to)}: ${what} ${formatNumber(language, count)}`;

function City({ node, volume }: Readonly<{ node: Node; volume: number }>): ReactElement {
  const { label } = node;
  return (
    <g>
      <circle className={node.isOut ? 'map__city map__city--out' : 'map__city'} cx={node.x} cy={node.y} r={node.r} />
      <text x={label.x} y={label.y} textAnchor={label.anchor}>
        {placeName(language, node.place)}
        {volume > 0 ? (
          <tspan className="map__n" x={label.x} dy="17">
            {formatNumber(language, volume)}
          </tspan>
        ) : null}
      </text>
    </g>
  );
}

/**
 * Which city gave to which: a scheme in the order of the shore. A line bends into the water, its width is the root of
 * the number, the chevron says the direction; what was refused is dashed. The table beside it says all of it in words.
 */
export function FlowMap({ flows, days }: Readonly<{ flows: readonly Flow[]; days: number }>): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const volumes = new Map<Place, number>();
  for (const { from, to, released } of flows)
    for (const place of new Set([from, to])) volumes.set(place, (volumes.get(place) ?? 0) + released);
  const others = flows.flatMap(({ from, to }) => [from, to]).filter((place) => !CITIES.some((c) => c.place === place));
  const nodes = nodesOf(volumes, [...new Set(others)]);
  const most = Math.max(1, ...flows.map(({ released }) => released));
  const mostRefused = Math.max(1, ...flows.map(({ refused }) => refused));
  const lines = flows.flatMap((flow) => {
    const [from, to] = [nodes.get(flow.from), nodes.get(flow.to)];
    return from && to ? [{ flow, from, to }] : [];
  });
  return (
    <svg className="map" viewBox="20 12 760 476" role="img" aria-label={t('flowLabel', { n: lines.length })}>
      <path className="map__shore" d={shoreline} />
      <path className="map__water" d={marks.water} />
      {lines.map(({ flow, from, to }) => (
        <g key={`${flow.from}-${flow.to}`}>
          {flow.refused > 0 ? (
            <path
              className="map__line map__line--no"
              d={curve(from, to, 'outer').d}
              strokeWidth={1.6 + 2.4 * Math.sqrt(flow.refused / mostRefused)}
              onClick={() => void navigate(behind(flow, days, 'refused'))}
            >
              <title>{told(flow, t('result_refused'), flow.refused)}</title>
            </path>
          ) : null}
          {flow.released > 0 ? (
            <>
              <path
                className="map__line"
                d={curve(from, to, 'inner').d}
                strokeWidth={2 + 10 * Math.sqrt(flow.released / most)}
                onClick={() => void navigate(behind(flow, days))}
              >
                <title>{told(flow, t('result_released'), flow.released)}</title>
              </path>
              <path className="map__way" d={marks.chevron} transform={curve(from, to, 'inner').chevron} />
            </>
          ) : null}
        </g>
      ))}
      {[...nodes.values()].map((node) => (
        <City key={node.place} node={node} volume={volumes.get(node.place) ?? 0} />
      ))}
    </svg>
  );
}
