'use strict';
// The console's one page: #/ lists the runs, #/run/ID shows one. Read-only; asks again while a run is going on.
const PHASES = ['ENCODE', 'REPLAY', 'ADAPT', 'SEED_UPDATE', 'EVALUATE', 'PUBLISH'];
const PERIOD = 1500;
const TRAINING = '?workflowType=machine_learning'; // the side of MLflow's page that shows runs
const page = document.getElementById('page');
let timer = null;
let shown = '';
let links = {};

const state = (word) => el('span', { class: 'state ' + word }, word);
const card = (title, ...children) => el('section', { class: 'card' }, el('h2', {}, title), ...children);
const when = (text) => (text ? new Date(text).toLocaleString(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }) : '–');

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
  return answer.json();
}

function bar(done, of) {
  const share = of ? Math.round((100 * done) / of) : 0;
  return el('span', {}, el('span', { class: 'progress' }, el('i', { style: `width:${share}%` })), `${done}/${of}`);
}

function runRow(run) {
  const row = el('tr', { class: 'link' },
    el('td', {}, el('a', { href: '#/run/' + encodeURIComponent(run.run) }, run.run)),
    el('td', { class: 'left' }, run.sequence),
    el('td', { class: 'left' }, run.strategy + (run.beside ? ' (baseline)' : '')),
    el('td', { class: 'left' }, state(run.state)),
    el('td', { class: 'left' }, bar(run.tasksDone, run.tasks)),
    el('td', {}, when(run.createdAt)));
  row.addEventListener('click', () => { location.hash = '#/run/' + encodeURIComponent(run.run); });
  return row;
}

async function showRuns() {
  const { runs } = await ask('/api/runs');
  const text = JSON.stringify(runs);
  if (text !== shown) {
    shown = text;
    page.replaceChildren(el('h1', {}, 'Runs'), runs.length === 0
      ? el('div', { class: 'card empty' }, el('p', {}, 'No runs yet.'), el('p', { class: 'soft' }, 'Start one: ', el('code', {}, './autoseed demo')))
      : el('div', { class: 'card' }, el('table', {},
        el('thead', {}, el('tr', {}, ...['run', 'sequence', 'strategy', 'state', 'tasks', 'submitted']
          .map((h, i) => el('th', i > 0 && i < 5 ? { class: 'left' } : {}, h)))),
        el('tbody', {}, ...runs.map(runRow)))));
  }
  return runs.some((run) => !['DONE', 'FAILED', 'CANCELLED'].includes(run.state));
}

function phaseChips(task, going) {
  const begun = Object.fromEntries(task.phases.map((p) => [p.phase, p]));
  return el('span', { class: 'phases' }, ...PHASES.map((name) => {
    const phase = begun[name];
    const kind = !phase ? '' : phase.manifest ? (phase.reused ? ' reused' : ' done') : going ? ' now' : '';
    const hint = !phase ? 'not begun' : phase.manifest
      ? `${phase.reused ? 'reused' : duration(phase.computeSeconds) + ' computing'}, ${phase.attempts} attempt(s), ${phase.manifest.key}`
      : `attempt ${phase.attempts}`;
    return el('span', { class: 'phase' + kind, title: hint }, phaseName(name));
  }));
}

function whereToLook(run) {
  const entries = [];
  if (links.mlflow) {
    const experiment = run.trackingRun ? `/#/experiments/${run.trackingExperiment}/runs/${run.trackingRun}${TRAINING}` : '';
    entries.push(['MLflow', links.mlflow + experiment]);
  }
  if (links.temporal) entries.push(['Temporal', `${links.temporal}/namespaces/${links.namespace}/workflows/${encodeURIComponent(run.run)}`]);
  return el('dl', { class: 'facts' }, ...entries.flatMap(([name, href]) => [el('dt', {}, name), el('dd', {}, el('a', { href, rel: 'noreferrer' }, href))]),
    el('dt', {}, 'Artifacts'), el('dd', {}, el('code', {}, `s3://${links.bucket}/runs/${run.run}/`)),
    el('dt', {}, 'Sequence'), el('dd', {}, el('code', {}, run.sequenceDigest)),
    el('dt', {}, 'Code'), el('dd', {}, el('code', {}, run.codeVersion)),
    el('dt', {}, 'Numeric profile'), el('dd', {}, run.numericProfile),
    el('dt', {}, 'MLflow knows it'), el('dd', {}, run.tracking),
    ...(run.beside ? [el('dt', {}, 'Baseline of'), el('dd', {}, el('a', { href: '#/run/' + encodeURIComponent(run.beside) }, run.beside))] : []));
}

async function showRun(id) {
  const { run, baselines } = await ask('/api/runs/' + encodeURIComponent(id));
  const result = { ...run, tasks: run.tasks.map((task) => task.name), classCounts: run.tasks.map((task) => task.classes.length) };
  const results = [result, ...baselines];
  const text = JSON.stringify([run, baselines.map((b) => [b.matrix, b.state])], (key, value) => (key === 'seconds' ? 0 : value));
  if (text === shown) return !['DONE', 'FAILED', 'CANCELLED'].includes(run.state);
  shown = text;
  const going = run.state === 'RUNNING';
  const chart = () => el('div', { class: 'chart' });
  const [curves, matrix, phases] = [chart(), chart(), chart()];
  const done = run.tasks.filter((task) => task.phases.some((p) => p.phase === 'PUBLISH' && p.manifest)).length;
  const measured = run.matrix.length > 0;
  const charts = measured
    ? [el('div', { class: 'two' }, card('Accuracy on the tasks seen so far', curves), card('Compute seconds by phase', phases)),
      card('Accuracy matrix', matrix)]
    : [];
  page.replaceChildren(
    el('p', { class: 'small' }, el('a', { href: '#/' }, '← all runs')),
    el('h1', {}, run.run),
    el('p', { class: 'soft' }, `${run.sequence} by ${run.strategy} · `, state(run.state), ' · ', bar(done, run.tasks.length), ` tasks · submitted ${when(run.createdAt)}`),
    ...(run.failure ? [el('p', { class: 'notice' }, run.failure)] : []),
    tiles(result),
    ...(baselines.length ? [card('Strategies on the same tasks', metricsTable(results))] : []),
    ...charts,
    card('Tasks and phases', el('table', {}, el('tbody', {}, ...run.tasks.map((task, i) => el('tr', {},
      el('td', {}, `${i + 1}. ${task.name}`), el('td', { class: 'left' }, phaseChips(task, going)),
      el('td', { class: 'soft small' }, task.classes.length <= 4 ? task.classes.join(', ') : `${task.classes.slice(0, 3).join(', ')} and ${task.classes.length - 3} more`)))))),
    card('Objects of the last learner state', el('dl', { class: 'facts' },
      ...Object.entries(run.digests).flatMap(([name, sha]) => [el('dt', {}, name), el('dd', {}, el('code', {}, sha))]))),
    card('Where it comes from, where to look', whereToLook(run)),
    card('What the numbers mean', glossary()));
  if (measured) {
    drawCurves(curves, results);
    drawPhases(phases, results);
    drawMatrix(matrix, result);
  }
  return !['DONE', 'FAILED', 'CANCELLED'].includes(run.state);
}

async function show() {
  clearTimeout(timer);
  const match = location.hash.match(/^#\/run\/(.+)$/);
  let again = true;
  try {
    again = await (match ? showRun(decodeURIComponent(match[1])) : showRuns());
  } catch (e) {
    shown = '';
    page.replaceChildren(el('div', { class: 'card empty' }, el('p', {}, 'The catalog does not answer.'), el('p', { class: 'soft small' }, String(e.message || e))));
  }
  timer = setTimeout(show, again ? PERIOD : 5 * PERIOD);
}

async function start() {
  try {
    links = await ask('/api/links');
  } catch (e) {
    links = {};
  }
  document.getElementById('links').append(...[['MLflow', links.mlflow && `${links.mlflow}/#/experiments${TRAINING}`], ['Temporal', links.temporal]]
    .filter(([, href]) => href).map(([name, href]) => el('a', { href, rel: 'noreferrer' }, name)));
  window.addEventListener('hashchange', () => { shown = ''; window.scrollTo(0, 0); show(); });
  show();
}
start();
