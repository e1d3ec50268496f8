'use strict';
// The report of a study: one page, made of the record StudyReport.
const [study, families, level, notes, missing, strokes, words, explained] =
  ['report', 'families', 'level', 'notes', 'missing', 'strokes', 'words', 'explained'].map(embedded);
// Those with a class order that counts: run with each of the random seeds.
const lines = study.strategies.filter((line) => line.matrix.length);
const style = (line) => strokes[study.strategies.indexOf(line)];
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
const tested = study.metrics.filter((metric) => study.strategies.some((line) => line.differences[metric.key]));
const significant = (found) => found.adjusted <= level;
const probability = (p) => (p < 0.001 ? 'p<0.001' : 'p=' + p.toFixed(3));
/** Of how many class orders, where it is not over all that were measured. */
const count = (orders) => (orders < study.orders.length ? ` (n=${orders})` : '');
const interval = (write, e) => {
  const [value, low, high] = [e.value, e.low, e.high].map(write);
  return low === value && high === value ? '' : `[${low}, ${high}]`;
};
const two = (above, below) => el('td', {}, above,
  ...(below ? [el('br'), el('span', { class: 'soft small' }, below)] : []));
const named = (line) => el('td', {},
  el('span', { class: 'swatch', style: 'background:' + style(line).colour }), line.label);
const table = (head, rows, attributes) => el('table', attributes, el('thead', {}, el('tr', {}, ...head.map((h) => (h instanceof Node ? h : el('th', {}, h))))),
  el('tbody', {}, ...rows));
const emphasis = (line) => (line.label === study.reference ? { class: 'main' } : {});

const metricHead = (metric) => el('th', { title: GLOSSARY[metric.title]?.meaning ?? '' }, titled(metric.title));

function meansTable(metrics, shown) {
  return table(['strategy', ...metrics.map(metricHead)], shown.map((line) =>
    el('tr', emphasis(line), named(line), ...metrics.map((metric) => {
      const mean = line.means[metric.key];
      return mean ? two(SHOWN[metric.unit](mean.estimate.value), (metric.unit === 'SECONDS' ? '' : interval(SHOWN[metric.unit], mean.estimate)) + count(mean.orders)) : el('td', {}, '–');
    }))));
}

function differencesTable(family) {
  const rows = study.strategies.filter((line) => family.includes(line.label));
  return table(['minus ' + study.reference, ...tested.map(metricHead)], rows.map((line) =>
    el('tr', {}, named(line), ...tested.map((metric) => {
      const found = line.differences[metric.key];
      if (!found) return el('td', {}, '–');
      const p = significant(found) ? probability(found.adjusted) : 'ns';
      return two(`${points(found.estimate.value)}  ${p}`, interval(points, found.estimate) + count(found.orders));
    }))));
}

function drawStudyCurves(node) {
  const curves = lines.map(learningCurve);
  node.style.height = 360 + 22 * Math.ceil(lines.length / 6) + 'px';
  chartOn(node).setOption({
    animation: false, color: lines.map((line) => style(line).colour),
    grid: { left: 48, right: 20, top: 24, bottom: 62 + 22 * Math.ceil(lines.length / 6) },
    tooltip: { trigger: 'axis', valueFormatter: (v) => percent(v) + ' %' },
    legend: { bottom: 0, itemWidth: 36, textStyle: { color: css('--ink') } },
    xAxis: { type: 'category', name: 'tasks learned', nameLocation: 'middle', nameGap: 28,
      data: Array.from({ length: study.tasks }, (_, i) => String(i + 1)), ...axisStyle() },
    yAxis: { type: 'value', min: belowAll(curves), max: 100, name: '%', ...axisStyle() },
    series: lines.map((line, i) => ({
      type: 'line', name: line.label, data: curves[i], symbol: lines.length > COLOURS.length ? 'none' : 'circle', symbolSize: 5,
      lineStyle: { width: line.label === study.reference ? 3.5 : 1.8, type: style(line).dash },
      z: line.label === study.reference ? 3 : 2,
    })),
  });
}

/** How far each name, which stands to the right of its place in pixels, is moved up or down so that none lies on another. */
function apart(places, names) {
  const taken = [];
  return places.map(([x, y], i) => {
    const right = x + 14 + 6.5 * names[i].length;
    const meets = (at) => taken.some((other) => x < other.right && other.x < right && Math.abs(at - other.y) < 13);
    let step = 0;
    while (meets(y + step)) step = step > 0 ? -step : 1 - step;
    taken.push({ x, right, y: y + step });
    return step;
  });
}

function drawMemory(node) {
  const placed = lines.filter((line) => line.means.last && line.means.memoryBytesPerClass);
  const kept = placed.map((line) => line.means.memoryBytesPerClass.estimate.value).filter((v) => v > 0);
  const least = 10 ** Math.floor(Math.log10(Math.min(...kept, 1e6)));
  node.style.height = Math.max(400, 120 + 18 * placed.length) + 'px'; // a line for each label
  const data = placed.map((line) => {
    const own = line.means.memoryBytesPerClass.estimate.value;
    return { name: line.label, kept: own, value: [Math.max(least, own), line.means.last.estimate.value],
      itemStyle: { color: style(line).colour } };
  });
  const chart = chartOn(node);
  chart.setOption({
    animation: false,
    grid: { left: 52, right: 120, top: 28, bottom: 54 },
    tooltip: { formatter: tip((p) => `${p.data.name}: ${percent(p.value[1])} %, ${bytes(p.data.kept)} a class`) },
    xAxis: { type: 'log', min: least, name: 'bytes kept a class', nameLocation: 'middle', nameGap: 32, ...axisStyle(),
      axisLabel: { color: css('--soft'), formatter: bytes } },
    yAxis: { type: 'value', name: 'Last, %', scale: true, ...axisStyle() },
    series: [{ type: 'scatter', symbolSize: 13, data, label: { show: true, position: 'right', formatter: '{b}', color: css('--ink') } }],
  });
  const moved = apart(data.map((point) => chart.convertToPixel({ seriesIndex: 0 }, point.value)), data.map((point) => point.name));
  chart.setOption({ series: [{ data: data.map((point, i) => ({ ...point, label: { offset: [0, moved[i]] } })) }] });
}

/** One bar a strategy: its difference to the reference, the 95 % interval as a whisker. */
function drawDifferences(node, metric) {
  const bars = lines.filter((line) => line.differences[metric]);
  node.style.height = 90 + 34 * bars.length + 'px';
  const at = (line) => line.differences[metric].estimate;
  chartOn(node).setOption({
    animation: false,
    grid: { left: 10, right: 70, top: 10, bottom: 30, containLabel: true },
    tooltip: { trigger: 'item', formatter: tip((p) => {
      const line = bars[p.dataIndex], e = at(line);
      return `${line.label}: ${points(e.value)} [${points(e.low)}, ${points(e.high)}]`;
    }) },
    xAxis: { type: 'value', name: 'points', nameLocation: 'middle', nameGap: 28, ...axisStyle() },
    yAxis: { type: 'category', inverse: true, data: bars.map((line) => line.label), ...axisStyle(),
      axisLabel: { color: css('--ink') } },
    series: [
      { type: 'bar', barMaxWidth: 20, data: bars.map((line) => ({ value: at(line).value,
        itemStyle: { color: style(line).colour, opacity: significant(line.differences[metric]) ? 1 : 0.45 } })) },
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
  const [node, frozen] = [chart(), el('span', { class: 'soft small' })];
  const draw = () => {
    const line = lines.find((one) => one.label === choice.value);
    drawMatrix(node, { ...line, tasks: Array(study.tasks) });
    frozen.textContent = line.scoresUnseen !== false ? '' : ' It cannot score a task to come: these squares are the frozen model\'s.';
  };
  choice.addEventListener('change', draw);
  return [draw, el('p', {}, choice, frozen), node];
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
    tile(String(Math.max(...study.strategies.map((line) => line.randomSeeds.length))), 'random seeds at most'),
    tile(`${done} of ${study.cells.length}`, 'runs done'), tile(duration(study.seconds), 'wall time')),
  card('What was measured, and how sure it is', el('ul', { class: 'small' }, ...notes.map((note) =>
    el('li', {}, ...note.split('`').map((part, i) => (i % 2 ? el('code', {}, part) : part)))))),
  card('Means over class orders', meansTable(headline, study.strategies)),
  ...[['Other settings of the same strategy', families.variants], ['Other strategies', families.others]]
    .filter(([, family]) => family.length && tested.length)
    .map(([what, family]) => card(`${what}, minus ${study.reference}`, differencesTable(family))),
  ...(seeded.length ? [card('Fidelity and spread of the seeds', meansTable(ofSeeds, seeded))] : []),
  ...(lines.length ? [
    card('Accuracy on the tasks seen so far', curves, small('Mean over class orders and random seeds, in % among all classes seen. An order counts for a strategy once it was run with each of its random seeds.')),
    ...compared.map(([, title], i) => card(`${title}, difference to ${study.reference}`, bars[i],
      small('Bars: mean over class orders. Whiskers: 95 % interval. Pale: not told from chance, corrected p above ' + level + '.'))),
    card('Accuracy against memory', memory, small('Everything kept between tasks is counted. Strategies that keep nothing stand at the left edge.')),
    card('Accuracy matrix', ...matrixNodes, small(MATRIX_LEGEND + ' Mean over class orders and random seeds, by place in the sequence.')),
  ] : []),
  ...(study.seeds ? [seedsCard(study.seeds, seeds)] : []),
  card('Strategies', table(['label', 'what it is', 'version', 'random seeds', 'runs done'], study.strategies.map((line, i) => el('tr', emphasis(line), named(line),
    el('td', {}, words[i]), el('td', {}, String(line.version ?? '–')), el('td', {}, line.randomSeeds.join(', ')), el('td', {}, String(line.cells)))), { class: 'text' }),
  el('dl', { class: 'small' }, ...explained.flatMap((one) => [el('dt', {}, one.strategy),
    el('dd', {}, `${one.summary} (${one.source})`, ...one.settings.map((setting) => el('div', {}, setting)))]))),
  ...(missing.length > 1 ? [card('Runs that are not done', table(missing[0], missing.slice(1).map((cells) =>
    el('tr', {}, ...cells.map((cell) => el('td', {}, cell)))), { class: 'text' }))] : []),
  card('What the numbers mean', glossary(study.metrics.filter((metric) => lines.some((line) => line.means[metric.key])).map((metric) => metric.title))),
);
if (lines.length) {
  drawStudyCurves(curves);
  drawMemory(memory);
  compared.forEach(([metric], i) => drawDifferences(bars[i], metric));
  drawMatrices();
}
if (study.seeds && study.seeds.picture) drawSeeds(seeds, study.seeds.picture);
