'use strict';
// The report of a study: one page, made of the record StudyReport.
const [study, notes, missing] = ['report', 'notes', 'missing'].map(embedded);
const lines = study.strategies.filter((line) => line.cells > 0);
const colour = (line) => COLOURS[study.strategies.indexOf(line) % COLOURS.length];
const dash = (line) => ['solid', 'dashed', 'dotted'][Math.floor(study.strategies.indexOf(line) / COLOURS.length) % 3];
const done = study.cells.filter((cell) => cell.state === 'DONE').length;
const small = (...children) => el('p', { class: 'soft small' }, ...children);

const SHOWN = {
  PERCENT: percent, POINTS: points, BYTES: bytes,
  SECONDS: (s) => (s < 1 ? (1000 * s).toFixed(0) + ' ms' : duration(s)),
  RATIO: (v) => v.toFixed(3),
};
const ofSeeds = study.metrics.filter((metric) => metric.unit === 'RATIO');
const headline = study.metrics.filter((metric) => metric.unit !== 'RATIO');
const seeded = study.strategies.filter((line) => ofSeeds.some((metric) => line.means[metric.key]));
const tested = study.metrics.filter((metric) => metric.unit === 'PERCENT' || metric.unit === 'POINTS');
const interval = (write, e) => (e.low < e.high ? `${write(e.low)} … ${write(e.high)}` : '');
const two = (above, below) => el('td', {}, above,
  ...(below ? [el('br'), el('span', { class: 'soft small' }, below)] : []));
const named = (line) => el('td', {},
  el('span', { class: 'swatch', style: 'background:' + colour(line) }), line.label);
const table = (head, rows, attributes) => el('table', attributes, el('thead', {}, el('tr', {}, ...head.map((h) => el('th', {}, h)))),
  el('tbody', {}, ...rows));
const emphasis = (line) => (line.label === study.reference ? { class: 'main' } : {});

function meansTable(metrics, shown) {
  return table(['strategy', ...metrics.map((m) => m.title)], shown.map((line) =>
    el('tr', emphasis(line), named(line), ...metrics.map((metric) => {
      const mean = line.means[metric.key];
      return mean ? two(SHOWN[metric.unit](mean.estimate.value), interval(SHOWN[metric.unit], mean.estimate)) : el('td', {}, '–');
    }))));
}

function differencesTable() {
  const rows = study.strategies.filter((line) => line.label !== study.reference);
  return table(['minus ' + study.reference, ...tested.map((m) => m.title)], rows.map((line) =>
    el('tr', {}, named(line), ...tested.map((metric) => {
      const found = line.differences[metric.key];
      if (!found) return el('td', {}, '–');
      const p = found.adjusted <= 0.05 ? 'p = ' + found.adjusted.toFixed(3) : 'ns';
      return two(`${points(found.estimate.value)}  ${p}`, interval(points, found.estimate));
    }))));
}

function drawStudyCurves(node) {
  const curves = lines.map(learningCurve);
  const lowest = Math.min(100, ...curves.flat().filter((v) => v !== null));
  node.style.height = 360 + 22 * Math.ceil(lines.length / 6) + 'px';
  chartOn(node).setOption({
    animation: false, color: lines.map(colour),
    grid: { left: 48, right: 20, top: 24, bottom: 62 + 22 * Math.ceil(lines.length / 6) },
    tooltip: { trigger: 'axis', valueFormatter: (v) => percent(v) + ' %' },
    legend: { bottom: 0, textStyle: { color: css('--ink') } },
    xAxis: { type: 'category', name: 'tasks learned', nameLocation: 'middle', nameGap: 28,
      data: Array.from({ length: study.tasks }, (_, i) => String(i + 1)), ...axisStyle() },
    yAxis: { type: 'value', min: Math.max(0, Math.floor((lowest - 5) / 10) * 10), max: 100, name: '%', ...axisStyle() },
    series: lines.map((line, i) => ({
      type: 'line', name: line.label, data: curves[i], symbolSize: 5,
      lineStyle: { width: line.label === study.reference ? 3.5 : 1.8, type: dash(line) },
      z: line.label === study.reference ? 3 : 2,
    })),
  });
}

function drawMemory(node) {
  const placed = lines.filter((line) => line.means.last && line.means.memoryBytesPerClass);
  const kept = placed.map((line) => line.means.memoryBytesPerClass.estimate.value).filter((v) => v > 0);
  const least = 10 ** Math.floor(Math.log10(Math.min(...kept, 1e6)));
  node.style.height = '400px';
  chartOn(node).setOption({
    animation: false,
    grid: { left: 52, right: 120, top: 28, bottom: 54 },
    tooltip: { formatter: tip((p) => `${p.data.name}: ${percent(p.value[1])} %, ${bytes(p.data.kept)} a class`) },
    xAxis: { type: 'log', min: least, name: 'bytes kept a class', nameLocation: 'middle', nameGap: 32, ...axisStyle(),
      axisLabel: { color: css('--soft'), formatter: bytes } },
    yAxis: { type: 'value', name: 'Last, %', scale: true, ...axisStyle() },
    series: [{ type: 'scatter', symbolSize: 13,
      data: placed.map((line) => {
        const own = line.means.memoryBytesPerClass.estimate.value;
        return { name: line.label, kept: own, value: [Math.max(least, own), line.means.last.estimate.value],
          itemStyle: { color: colour(line) } };
      }),
      label: { show: true, position: 'right', formatter: '{b}', color: css('--ink') },
      labelLayout: { moveOverlap: 'shiftY' } }],
  });
}

/** One bar a strategy: its difference to the reference, the 95 % interval as a whisker. */
function drawDifferences(node, metric) {
  const bars = lines.filter((line) => line.differences[metric]);
  node.style.height = 90 + 34 * bars.length + 'px';
  const at = (line) => line.differences[metric].estimate;
  chartOn(node).setOption({
    animation: false,
    grid: { left: 170, right: 70, top: 10, bottom: 50 },
    tooltip: { trigger: 'item', formatter: tip((p) => {
      const line = bars[p.dataIndex], e = at(line);
      return `${line.label}: ${points(e.value)} [${points(e.low)}, ${points(e.high)}]`;
    }) },
    xAxis: { type: 'value', name: 'points', nameLocation: 'middle', nameGap: 28, ...axisStyle() },
    yAxis: { type: 'category', inverse: true, data: bars.map((line) => line.label), ...axisStyle(),
      axisLabel: { color: css('--ink') } },
    series: [
      { type: 'bar', barMaxWidth: 20, data: bars.map((line) => ({ value: at(line).value,
        itemStyle: { color: colour(line), opacity: line.differences[metric].adjusted <= 0.05 ? 1 : 0.45 } })) },
      { type: 'custom', silent: true, z: 3, data: bars.map((line, i) => [at(line).low, at(line).high, i]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_, api) => {
          const [low, high] = [api.coord([api.value(0), api.value(2)]), api.coord([api.value(1), api.value(2)])];
          const stroke = { stroke: css('--ink'), lineWidth: 1.5 };
          const stick = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke });
          return { type: 'group', children: [stick(low[0], low[1], high[0], high[1]),
            stick(low[0], low[1] - 5, low[0], low[1] + 5), stick(high[0], high[1] - 5, high[0], high[1] + 5)] };
        } },
    ],
  });
}

function matrices() {
  const choice = el('select', { 'aria-label': 'strategy' }, ...lines.map((line) => {
    const option = el('option', { value: line.label }, line.label);
    option.selected = line.label === study.reference;
    return option;
  }));
  const node = chart();
  const places = Array.from({ length: study.tasks }, (_, i) => String(i + 1));
  const draw = () => drawMatrix(node, { ...lines.find((line) => line.label === choice.value), tasks: places });
  choice.addEventListener('change', draw);
  return [draw, el('p', {}, choice), node];
}

/** Seeds as large diamonds over small real examples, a colour a class. */
function drawSeeds(node, picture) {
  node.style.height = '560px';
  const series = (shown, i, places, symbol, symbolSize, itemStyle) => ({
    type: 'scatter', name: shown.name, data: places, symbol, symbolSize, itemStyle: { color: COLOURS[i % COLOURS.length], ...itemStyle } });
  const axis = (name) => ({ type: 'value', scale: true, name, nameLocation: 'middle', nameGap: 30, ...axisStyle() });
  chartOn(node).setOption({
    animation: false,
    grid: { left: 60, right: 24, top: 16, bottom: 96 },
    tooltip: { formatter: tip((p) => `${p.seriesName}: ${p.data.length > 2 ? 'seed' : 'real example'}`) },
    legend: { bottom: 0, itemStyle: { opacity: 1 }, textStyle: { color: css('--ink') } },
    xAxis: axis('first principal component'), yAxis: axis('second'),
    series: [
      ...picture.classes.map((shown, i) => series(shown, i, shown.examples, 'circle', 7, { opacity: 0.5 })),
      ...picture.classes.map((shown, i) => series(shown, i, shown.seeds.map((place) => [...place, 'seed']), 'diamond', 17,
        { borderColor: css('--ink'), borderWidth: 1.5 })),
    ],
  });
}

function seedsCard(shown, node) {
  if (shown.remark) return card('Seeds and real examples', el('p', {}, `No picture: ${shown.remark}.`));
  const picture = shown.picture;
  return card('Seeds and real examples', node, small(`Diamonds: what the run `, el('code', {}, shown.run), ` keeps of each class after its last task. Dots: test images, which nothing was learned from. `
    + `Shown are the ${picture.classes.length} classes whose test images have means most alike, in the plane of the first two principal components of these means (${percent(picture.explained)} % of their variance).`));
}

const compared = [['last', 'Last'], ['fwtPlusSeenLoss', 'FWT + seen loss']]
  .filter(([metric]) => lines.some((line) => line.differences[metric]));
const bars = compared.map(() => chart());
const [curves, memory, seeds] = [chart(), chart(), chart()];
const [drawMatrices, ...matrixNodes] = lines.length ? matrices() : [() => {}];
document.title = study.name + ' – Autoseed study';
document.body.classList.add('wide');
document.getElementById('page').append(
  el('h1', {}, study.name),
  el('p', { class: 'soft' }, `${study.tasks} tasks, ${study.classes} classes · study `, el('code', {}, study.study), ' · ',
    el('span', { class: 'state ' + study.state }, study.state.replace('_', ' '))),
  el('div', { class: 'tiles' }, tile(String(study.strategies.length), 'strategies'), tile(String(study.orders.length), 'class orders'),
    tile(`${done} of ${study.cells.length}`, 'runs done'), tile(duration(study.seconds), 'wall time')),
  card('What was measured, and how sure it is', el('ul', { class: 'small' }, ...notes.map((note) => el('li', {}, note)))),
  card('Means over class orders', meansTable(headline, study.strategies)),
  ...(seeded.length ? [card('Fidelity and spread of the seeds', meansTable(ofSeeds, seeded))] : []),
  ...(study.strategies.length > 1 ? [card('Differences to ' + study.reference, differencesTable())] : []),
  ...(lines.length ? [
    card('Accuracy on the tasks seen so far', curves, small('Mean over class orders and random seeds, in % among all classes seen.')),
    ...compared.map(([, title], i) => card(`${title}, difference to ${study.reference}`, bars[i],
      small('Bars: mean over class orders. Whiskers: 95 % interval. Pale: not told from chance at p = 0.05.'))),
    card('Accuracy against memory', memory, small('Everything kept between tasks is counted. Strategies that keep nothing stand at the left edge.')),
    card('Accuracy matrix', ...matrixNodes, small(MATRIX_LEGEND + ' Mean over class orders, by place in the sequence.')),
  ] : []),
  ...(study.seeds ? [seedsCard(study.seeds, seeds)] : []),
  card('Strategies', table(['label', 'strategy', 'settings', 'random seeds', 'runs done'], study.strategies.map((line) => el('tr', emphasis(line), named(line),
    el('td', {}, line.version ? `${line.strategy}, version ${line.version}` : line.strategy), el('td', {}, Object.entries(line.settings).map(([k, v]) => `${k}: ${v}`).join(', ') || 'defaults'),
    el('td', {}, line.randomSeeds.join(', ')), el('td', {}, String(line.cells)))))),
  ...(missing.length > 1 ? [card('Runs that are not done', table(missing[0], missing.slice(1).map((cells) =>
    el('tr', {}, ...cells.map((cell) => el('td', {}, cell)))), { class: 'text' }))] : []),
  card('What the numbers mean', glossary({
    'Last, task given': 'Last where each image\'s task is known: the prediction is among its classes alone, in %',
    'CI-Transfer': 'accuracy on tasks to come after each task, predictions among all classes of the sequence, in %',
    'Seen loss': 'what the classes seen lose when a task\'s classes join the candidates, before its data came, in points',
    'Memory/class': 'everything kept between tasks, divided by the classes seen',
  })),
);
if (lines.length) {
  drawStudyCurves(curves);
  drawMemory(memory);
  compared.forEach(([metric], i) => drawDifferences(bars[i], metric));
  drawMatrices();
}
if (study.seeds && study.seeds.picture) drawSeeds(seeds, study.seeds.picture);
