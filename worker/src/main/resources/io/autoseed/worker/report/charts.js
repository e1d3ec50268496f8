'use strict';
// Tables and charts of runs, for the report file and the console. A run is the record RunResult.
// GLOSSARY (what metrics mean, by their titles) and COLOURS come with this file, from the program.
const PHASES = ['ENCODE', 'REPLAY', 'ADAPT', 'SEED_UPDATE', 'EVALUATE', 'PUBLISH'];
const RUN_METRICS = ['Last', 'Avg', 'BWT', 'Forgetting', 'FWT', 'Transfer'];

/** An element with attributes and children; strings become text, never markup. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Data that the page holds as JSON in the element of that id. */
const embedded = (id) => JSON.parse(document.getElementById(id).textContent);
const card = (title, ...children) => el('section', { class: 'card' }, el('h2', {}, title), ...children);
const tile = (value, label) => el('div', { class: 'tile' }, el('b', {}, value), el('span', {}, label));
/** A tooltip's formatter. It gives a node, for ECharts takes a string for markup, and names are other people's. */
const tip = (write) => (point) => el('span', {}, write(point));
/** Where a chart is drawn. */
const chart = () => el('div', { class: 'chart' });

const percent = (v) => (v === null || v === undefined ? '–' : (Math.abs(v) < 0.05 ? 0 : v).toFixed(1));
const points = (v) => (v === null || v === undefined ? '–' : (v >= 0.05 ? '+' : '') + percent(v));
const bytes = (v) => (v === null || v === undefined ? '–'
  : v < 1e3 ? v.toFixed(0) + ' B' : v < 1e6 ? (v / 1e3).toFixed(1) + ' kB' : v < 1e9 ? (v / 1e6).toFixed(1) + ' MB' : (v / 1e9).toFixed(1) + ' GB');
const duration = (s) => (s === null || s === undefined ? '–'
  : s < 10 ? s.toFixed(1) + ' s' : s < 600 ? s.toFixed(0) + ' s' : s < 5400 ? (s / 60).toFixed(0) + ' min' : (s / 3600).toFixed(1) + ' h');
const phaseName = (phase) => phase.toLowerCase().replace('_', ' ');
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Mean accuracy over the tasks seen, after each; null where one of them was not measured. A row holds its cells by task. */
function learningCurve(run) {
  return run.matrix.map((row, i) => {
    let sum = 0;
    for (let j = 0; j <= i; j++) {
      if (row[j] === undefined || row[j] === null) return null;
      sum += row[j];
    }
    return sum / (i + 1);
  });
}

/** Of more tasks than that, neighbours share a square of the matrix, and lists are cut. */
const READABLE_TASKS = 60;

/** Says how many tasks a list leaves out, and where they are; nothing if none. */
const andMore = (count, where) => (count > 0
  ? [el('p', { class: 'soft small' }, `${count.toLocaleString('en')} tasks ${where}: `, el('code', {}, 'autoseed show RUN --json'), ' has them all.')] : []);

/** [column, row, mean percent] of squares of so many tasks, of what was measured in them. */
function matrixSquares(matrix, side) {
  const squares = new Map();
  matrix.forEach((row, i) => {
    for (const [j, v] of Object.entries(row).filter(([, cell]) => cell !== null)) {
      const at = [Math.floor(j / side), Math.floor(i / side)];
      const square = squares.get(at.join()) || { at, sum: 0, cells: 0 };
      square.sum += v;
      square.cells += 1;
      squares.set(at.join(), square);
    }
  });
  return [...squares.values()].map(({ at, sum, cells }) => [...at, sum / cells]);
}

function tiles(run) {
  const m = run.metrics;
  return el('div', { class: 'tiles' },
    tile(percent(m.last) + (m.last === null ? '' : ' %'), 'Last'), tile(percent(m.avg) + (m.avg === null ? '' : ' %'), 'Avg'),
    tile(points(m.bwt), 'BWT'), tile(percent(m.forgetting), 'Forgetting'), tile(points(m.fwt), 'FWT'),
    tile(bytes(run.memoryBytesPerClass), 'memory/class'), tile(duration(run.seconds), 'wall time'));
}

function metricsTable(runs) {
  const head = ['strategy', ...RUN_METRICS.map(titled), 'memory/class', 'compute'];
  const rows = runs.map((run, i) => {
    const m = run.metrics;
    const cells = [percent(m.last), percent(m.avg), points(m.bwt), percent(m.forgetting), points(m.fwt),
      percent(m.transfer), bytes(run.memoryBytesPerClass), duration(Object.values(run.phaseSeconds).reduce((a, b) => a + b, 0))];
    const name = el('td', {}, el('span', { class: 'swatch', style: 'background:' + COLOURS[i % COLOURS.length] }), run.strategy);
    return el('tr', i === 0 ? { class: 'main' } : {}, name, ...cells.map((cell) => el('td', {}, cell)));
  });
  return el('table', {}, el('thead', {}, el('tr', {}, ...head.map((h) => el('th', {}, h)))), el('tbody', {}, ...rows));
}

const ENCODED_ONCE = 'Features are encoded once, by whichever run needs them first; the others reuse them.';
const MATRIX_LEGEND = 'Each row: accuracy in % on every task after one more was learned, among all classes seen. Right of the diagonal: tasks to come.';

/** A metric's title and an arrow to what is better. */
const titled = (title) => (GLOSSARY[title] ? title + GLOSSARY[title].arrow.replace(' ', '\u00a0') : title);

function glossary(titles = RUN_METRICS) {
  return el('dl', { class: 'small' },
    ...titles.filter((title) => GLOSSARY[title]).flatMap((title) => [el('dt', {}, titled(title)), el('dd', {}, GLOSSARY[title].meaning)]));
}

const axisStyle = () => ({
  axisLine: { lineStyle: { color: css('--line') } }, axisTick: { show: false },
  axisLabel: { color: css('--soft') }, nameTextStyle: { color: css('--soft') },
  splitLine: { lineStyle: { color: css('--line') } },
});

function chartOn(node) {
  const chart = echarts.getInstanceByDom(node) || echarts.init(node, null, { renderer: 'svg' });
  if (!node.dataset.follows) {
    node.dataset.follows = 'yes';
    window.addEventListener('resize', () => chart.resize());
  }
  return chart;
}

/** Where an axis of percentages begins: at a full ten below all that the curves hold. */
function belowAll(curves) {
  const lowest = curves.flat().reduce((least, v) => (v === null ? least : Math.min(least, v)), 100);
  return Math.max(0, Math.floor((lowest - 5) / 10) * 10);
}

function drawCurves(node, runs) {
  const tasks = Math.max(1, ...runs.map((run) => run.tasks.length));
  const curves = runs.map(learningCurve);
  chartOn(node).setOption({
    animation: false, color: COLOURS,
    grid: { left: 48, right: 20, top: 24, bottom: 64 },
    tooltip: { trigger: 'axis', valueFormatter: (v) => percent(v) + ' %' },
    legend: { bottom: 0, textStyle: { color: css('--ink') } },
    xAxis: { type: 'category', name: 'tasks learned', nameLocation: 'middle', nameGap: 28,
      data: Array.from({ length: tasks }, (_, i) => String(i + 1)), ...axisStyle() },
    yAxis: { type: 'value', min: belowAll(curves), max: 100,
      name: '%', ...axisStyle() },
    series: runs.map((run, i) => ({
      type: 'line', name: run.strategy, data: curves[i],
      symbolSize: i === 0 ? 8 : 6, lineStyle: { width: i === 0 ? 3.5 : 1.8 }, z: i === 0 ? 3 : 2,
    })),
  }, true);
}

function drawMatrix(node, run) {
  const side = Math.ceil(run.tasks.length / READABLE_TASKS);
  const squares = matrixSquares(run.matrix, side);
  const count = Math.ceil(run.tasks.length / side);
  const tasksOf = (k) => (side === 1 ? `${k}` : `${k * side}–${Math.min(run.tasks.length, (k + 1) * side) - 1}`);
  const names = (word) => Array.from({ length: count }, (_, k) => word + tasksOf(k));
  node.style.height = Math.max(200, 110 + (count > 30 ? 16 : 36) * count) + 'px';
  const chart = chartOn(node);
  chart.resize();
  chart.setOption({
    animation: false,
    grid: { left: side === 1 ? 110 : 150, right: 20, top: 40, bottom: 60 },
    tooltip: { formatter: tip((p) => `after task ${tasksOf(p.value[1])}, on task ${tasksOf(p.value[0])}: ${percent(p.value[2])} %${side === 1 ? '' : ', the mean of what was measured'}`) },
    xAxis: { type: 'category', position: 'top', data: names('task '), ...axisStyle() },
    yAxis: { type: 'category', inverse: true, data: names('after task '), ...axisStyle() },
    visualMap: { min: 0, max: 100, orient: 'horizontal', left: 'center', bottom: 0, calculable: false,
      itemHeight: 160, text: ['100 %', '0 %'], textStyle: { color: css('--soft') },
      inRange: { color: ['#fff7ec', '#fee8c8', '#c7e0ec', '#6aaed6', '#2b7bba', '#0a4a90'] } },
    series: [{ type: 'heatmap',
      data: squares.map((value) => ({ value, itemStyle: { opacity: value[0] > value[1] ? 0.55 : 1 } })),
      label: { show: (node.clientWidth - 130) / count >= 30, formatter: (p) => percent(p.value[2]) },
      itemStyle: { borderColor: css('--paper'), borderWidth: count > 30 ? 1 : 2, borderRadius: count > 30 ? 1 : 4 } }],
  }, true);
}

function drawPhases(node, runs) {
  const phases = PHASES.filter((phase) => runs.some((run) => run.phaseSeconds[phase] > 0));
  node.style.height = Math.max(180, 110 + 34 * runs.length) + 'px';
  const chart = chartOn(node);
  chart.resize();
  chart.setOption({
    animation: false, color: COLOURS,
    grid: { left: 130, right: 30, top: 12, bottom: 64 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: duration },
    legend: { bottom: 0, textStyle: { color: css('--ink') } },
    xAxis: { type: 'value', name: 's', ...axisStyle() },
    yAxis: { type: 'category', inverse: true, data: runs.map((run) => run.strategy), ...axisStyle() },
    series: phases.map((phase) => ({
      type: 'bar', stack: 'phases', name: phaseName(phase), barMaxWidth: 22,
      data: runs.map((run) => run.phaseSeconds[phase] || 0),
    })),
  }, true);
}
