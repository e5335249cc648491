// What Ringtail's dashboards are made of: rows of panels, and the three kinds of panel they use.
// The types are those that Grafana publishes, with enumerations written as the JSON has them.

import type { Dashboard, DataQuery, FieldConfig, Panel, RowPanel, VariableModel } from '@grafana/schema';
import type * as stats from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as timelines from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as series from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** T as JSON: each enumeration is one of its values. */
type Json<T> = unknown extends T ? T
  : T extends string ? `${T}`
  : T extends (infer Item)[] ? Json<Item>[]
  : T extends object ? { [Key in keyof T]: Json<T[Key]> }
  : T;

export interface Query extends DataQuery {
  expr: string;
  legendFormat: string;
  instant?: boolean;
  range?: boolean;
}

type PanelOf<Type extends string, Options, Custom> = Json<
  Omit<Panel, 'type' | 'options' | 'targets' | 'fieldConfig'> & {
    options: Options;
    targets: Query[];
    fieldConfig: {
      defaults: Omit<FieldConfig, 'custom'> & { custom?: Custom };
      overrides: [];
    };
  }
> & { type: Type };

type StatPanel = PanelOf<'stat', stats.Options, never>;
type TimelinePanel = PanelOf<'state-timeline', timelines.Options, timelines.FieldConfig>;
type SeriesPanel = PanelOf<'timeseries', series.Options, series.FieldConfig>;
type AnyPanel = StatPanel | TimelinePanel | SeriesPanel;

/** A dashboard as Grafana reads it from a file. */
export type Board = Json<Omit<Dashboard, 'panels' | 'templating'>> & {
  panels: (AnyPanel | Json<Omit<RowPanel, 'panels'> & { panels: [] }>)[];
  templating: { list: Json<VariableModel>[] };
};

type Defaults = SeriesPanel['fieldConfig']['defaults'];
type Custom = NonNullable<Defaults['custom']>;
type Thresholds = NonNullable<Defaults['thresholds']>;
type Mappings = NonNullable<Defaults['mappings']>;

/** What a panel shows, before it has a place. */
interface Shown {
  title: string;
  /** Columns of 24. */
  width: number;
  description: string;
  /** Grafana's name of the unit. */
  unit?: string;
  min?: number;
  max?: number;
  decimals?: number;
  thresholds?: Thresholds;
  mappings?: Mappings;
  queries: Query[];
}

const source = { type: 'prometheus', uid: '${datasource}' };

/** One PromQL query; its legend may use {{labels}}. */
export function query(legend: string, expr: string): Query {
  return { refId: '', datasource: source, legendFormat: legend, expr, range: true };
}

/** Colours from a value on: the first one from the lowest. */
export function thresholds(lowest: string, ...steps: [number, string][]): Thresholds {
  const from = steps.map(([value, color]) => ({ value, color }));
  return { mode: 'absolute', steps: [{ value: null, color: lowest }, ...from] };
}

/** Words and colours for single values. */
export function words(meaning: Record<string, { text: string; color: string }>): Mappings {
  return [{ type: 'value', options: meaning }];
}

/** One large number: the last value. */
export function stat(shown: Shown): AnyPanel {
  return {
    ...common(shown),
    type: 'stat',
    fieldConfig: { defaults: defaults(shown), overrides: [] },
    options: {
      colorMode: shown.thresholds ? 'value' : 'none',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      percentChangeColorMode: 'standard',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
  };
}

/** Lines over time; stacked, their sum is what counts. */
export function lines(shown: Shown & { stacked?: boolean }): AnyPanel {
  const custom: Custom = {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    fillOpacity: shown.stacked ? 40 : 10,
    showPoints: 'never',
    spanNulls: false,
    stacking: { mode: shown.stacked ? 'normal' : 'none', group: 'A' },
  };
  return {
    ...common(shown),
    type: 'timeseries',
    fieldConfig: { defaults: { ...defaults(shown), custom }, overrides: [] },
    options: {
      legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** A bar for each series, coloured by its state. */
export function timeline(shown: Shown): AnyPanel {
  return {
    ...common(shown),
    type: 'state-timeline',
    fieldConfig: {
      defaults: { ...defaults(shown), custom: { fillOpacity: 80, lineWidth: 0 } },
      overrides: [],
    },
    options: {
      alignValue: 'left',
      legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
      mergeValues: true,
      rowHeight: 0.8,
      showValue: 'auto',
      tooltip: { mode: 'single', sort: 'none' },
    },
  };
}

function common(shown: Shown) {
  return {
    title: shown.title,
    description: shown.description,
    datasource: source,
    gridPos: { x: 0, y: 0, w: shown.width, h: 0 },
    targets: shown.queries.map((it, i) => ({ ...it, refId: String.fromCharCode(65 + i) })),
  };
}

function defaults({ unit, min, max, decimals, thresholds, mappings }: Shown) {
  return {
    color: { mode: thresholds ? 'thresholds' : 'palette-classic' } as const,
    mappings: mappings ?? [],
    ...(unit !== undefined && { unit }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(decimals !== undefined && { decimals }),
    ...(thresholds !== undefined && { thresholds }),
  };
}

/** A choice of the values that a label has, all of them at first. */
export function choice(name: string, label: string, metric: string, of: string): Json<VariableModel> {
  return {
    name,
    label,
    type: 'query',
    datasource: source,
    query: { query: `label_values(${metric}, ${of})`, refId: name },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.+',
    current: { text: ['All'], value: ['$__all'] },
  };
}

export interface Row {
  title: string;
  /** Height of its panels, in units of 30 pixels. */
  height: number;
  panels: AnyPanel[];
}

interface Page {
  uid: string;
  title: string;
  description: string;
  choices: Json<VariableModel>[];
  rows: Row[];
}

/** Puts rows below each other and panels side by side, and numbers them. */
export function board(page: Page): Board {
  const panels: Board['panels'] = [];
  let y = 0;
  for (const { title, height, panels: side } of page.rows) {
    panels.push({
      id: panels.length + 1, type: 'row', title, collapsed: false, panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    let x = 0;
    for (const panel of side) {
      const w = panel.gridPos?.w ?? 0;
      panels.push({ ...panel, id: panels.length + 1, gridPos: { x, y: y + 1, w, h: height } });
      x += w;
    }
    if (x !== 24) throw new Error(`row "${title}" is ${x} columns wide, not 24`);
    y += 1 + height;
  }
  return {
    uid: page.uid,
    title: page.title,
    description: page.description,
    tags: ['ringtail'],
    schemaVersion: 41,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '5s',
    time: { from: 'now-15m', to: 'now' },
    timepicker: {},
    timezone: 'browser',
    annotations: { list: [] },
    links: [{
      title: 'Ringtail', type: 'dashboards', tags: ['ringtail'], asDropdown: false, icon: '',
      includeVars: false, keepTime: true, targetBlank: false, tooltip: '', url: '',
    }],
    templating: {
      list: [
        {
          name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus',
          refresh: 1, current: { text: 'Prometheus', value: 'ringtail-prometheus' },
        },
        ...page.choices,
      ],
    },
    panels,
  };
}
