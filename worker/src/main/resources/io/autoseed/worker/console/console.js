'use strict';
// The console's one page: #/ lists runs and studies, #/run/ID and #/study/ID show one. Read-only; asks again while a run is going on.
const PERIOD = 1500;
const LONGEST_PERIOD = 30000;
const TRAINING = '?workflowType=machine_learning'; // the side of MLflow's page that shows runs
const page = document.getElementById('page');
let timer = null;
let shown = '';
let links = {};

const state = (word) => el('span', { class: 'state ' + word }, word.replace('_', ' '));
const when = (text) => (text ? new Date(text).toLocaleString(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }) : '–');
const ended = (run) => ['DONE', 'FAILED', 'CANCELLED'].includes(run.state);
const address = (run) => '#/run/' + encodeURIComponent(run);
const studyAddress = (study) => '#/study/' + encodeURIComponent(study);

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
  return answer.json();
}

function bar(done, of) {
  const share = of ? Math.round((100 * done) / of) : 0;
  return el('span', {}, el('span', { class: 'progress' }, el('i', { style: `width:${share}%` })), `${done}/${of}`);
}

/** A row that leads to a page: the link in its first cell, texts and nodes to the left, the last cell to the right. */
function linkRow(href, name, indented, ...cells) {
  const row = el('tr', { class: 'link' }, el('td', indented ? { class: 'beside' } : {}, el('a', { href }, name)),
    ...cells.map((cell, i) => el('td', i < cells.length - 1 ? { class: 'left' } : {}, cell)));
  row.addEventListener('click', () => { location.hash = href; });
  return row;
}

const runState = (run) => (run.cutShort
  ? el('span', { class: 'state FAILED', title: 'Its workflow ended in Temporal: autoseed cancel ends the run.' }, run.cutShort)
  : state(run.state));
const runRow = (run) => linkRow(address(run.run), run.run, run.beside,
  run.sequence, run.strategy, runState(run), bar(run.tasksDone, run.tasks), when(run.createdAt));
const studyRow = (study) => linkRow(studyAddress(study.study), study.study, false,
  state(study.state), bar(study.done, study.runs), String(study.running), String(study.failed), when(study.createdAt));

function listOf(head, rows) {
  return el('table', {}, el('thead', {}, el('tr', {}, ...head.map((h, i) => el('th', i > 0 && i < head.length - 1 ? { class: 'left' } : {}, h)))),
    el('tbody', {}, ...rows));
}
const runList = (runs) => listOf(['run', 'sequence', 'strategy', 'state', 'tasks', 'submitted'], runs.map(runRow));
const studyList = (studies) => listOf(['study', 'state', 'runs done', 'running', 'failed', 'submitted'], studies.map(studyRow));

/** Runs in their order, each followed by its baselines, the oldest first. */
function grouped(runs) {
  const listed = new Set(runs.map((run) => run.run));
  return runs.filter((run) => !listed.has(run.beside))
    .flatMap((run) => [run, ...runs.filter((other) => other.beside === run.run).reverse()]);
}

async function showRuns() {
  const { runs, studies } = await ask('/api/runs');
  const text = JSON.stringify([runs, studies]);
  if (text !== shown) {
    shown = text;
    page.replaceChildren(el('h1', {}, 'Runs'),
      ...(runs.length + studies.length ? [] : [el('div', { class: 'card empty' },
        el('p', {}, 'No runs yet.'), el('p', { class: 'soft' }, 'Start one: ', el('code', {}, 'autoseed demo')))]),
      ...(runs.length ? [el('div', { class: 'card' }, runList(grouped(runs)),
        runs.some((run) => run.beside) ? el('p', { class: 'soft small' }, 'Indented: the baselines that accompany the run above them.') : null)] : []),
      ...(studies.length ? [card('Studies, with runs of their own', studyList(studies))] : []));
  }
  return runs.some((run) => !ended(run)) || studies.some(goesOn);
}

const goesOn = (study) => ['SUBMITTED', 'RUNNING'].includes(study.state);

async function showStudy(id) {
  const { study, runs } = await ask('/api/studies/' + encodeURIComponent(id));
  const text = JSON.stringify([study, runs]);
  if (text !== shown) {
    shown = text;
    page.replaceChildren(
      el('p', { class: 'small' }, el('a', { href: '#/' }, '← all runs')),
      el('h1', {}, study.study),
      el('p', { class: 'soft' }, state(study.state), ' · ', bar(study.done, study.runs), ' runs done',
        `${study.failed ? ` · ${study.failed} failed` : ''} · submitted ${when(study.createdAt)}`),
      card('Its report', el('p', {}, el('code', {}, 'autoseed watch ' + study.study), goesOn(study) ? ' waits for it.' : ' writes it as a page.')),
      card('Its runs', runs.length ? runList(runs) : el('p', { class: 'soft' }, 'None yet.')));
  }
  return goesOn(study);
}

/** One phase of a task: how long it computed, how often it was begun, where its outcome lies. */
function phaseCell(phase, going) {
  if (!phase) return el('td', { class: 'left soft' }, '·');
  const committed = phase.manifest !== null;
  const kind = committed ? (phase.reused ? 'reused' : 'done') : going ? 'now' : 'cut';
  const text = committed ? (phase.reused ? 'reused' : duration(phase.computeSeconds)) : going ? 'running' : 'begun';
  const waited = phase.waitSeconds === null ? '' : `${phase.waitSeconds.toFixed(1)} s before its first attempt\n`;
  const hint = committed
    ? `${waited}${phase.wallSeconds.toFixed(1)} s from the first attempt to the commit\n${phase.manifest.key}\noutcome ${phase.manifest.outcomeDigest}`
    : 'not committed yet';
  return el('td', { class: 'left' }, el('span', { class: 'phase ' + kind, title: hint }, text),
    phase.attempts > 1 ? el('span', { class: 'attempts' }, `${phase.attempts} attempts`) : null);
}

function phaseTable(run) {
  const going = run.state === 'RUNNING';
  const row = (task, i) => {
    const begun = Object.fromEntries(task.phases.map((p) => [p.phase, p]));
    const shown = task.classes.length <= 3 ? task.classes.join(', ') : `${task.classes.slice(0, 2).join(', ')} and ${task.classes.length - 2} more`;
    return el('tr', {}, el('td', {}, `${i} ${task.name}`), ...PHASES.map((name) => phaseCell(begun[name], going)),
      el('td', { class: 'left soft small', title: task.classes.join(', ') }, shown));
  };
  const head = el('tr', {}, ...['task', ...PHASES.map(phaseName), 'classes'].map((h, i) => el('th', i ? { class: 'left' } : {}, h)));
  const begun = run.tasks.filter((task) => task.phases.length).length;
  const [first, end] = run.tasks.length <= READABLE_TASKS ? [0, run.tasks.length] : [Math.max(0, begun - READABLE_TASKS), Math.max(READABLE_TASKS, begun)];
  return [...andMore(first, 'before'),
    el('table', {}, el('thead', {}, head), el('tbody', {}, ...run.tasks.slice(first, end).map((task, k) => row(task, first + k)))),
    ...andMore(run.tasks.length - end, 'to come')];
}

/** How far a run is, in phases: those of tasks that a fork shares with its origin are not its own. */
function progressOf(run) {
  const phases = run.tasks.flatMap((task) => task.phases);
  const done = phases.filter((p) => p.manifest).length;
  const open = run.tasks.findIndex((task) => task.phases.some((p) => !p.manifest));
  const now = open < 0 ? '' : ` · task ${open} ${run.tasks[open].name}: ${phaseName(run.tasks[open].phases.find((p) => !p.manifest).phase)}`;
  return el('span', {}, bar(done, run.tasks.length * PHASES.length), ` phases${ended(run) ? '' : now}`);
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
    ...(run.dropsFeatures ? [el('dt', {}, 'Training features'), el('dd', {}, 'removed once their task is published')] : []),
    el('dt', {}, 'MLflow knows it'), el('dd', {}, run.tracking),
    ...(run.beside ? [el('dt', {}, 'Baseline of'), el('dd', {}, el('a', { href: address(run.beside) }, run.beside))] : []),
    ...(run.study ? [el('dt', {}, 'Part of study'), el('dd', {}, el('a', { href: studyAddress(run.study) }, run.study))] : []));
}

async function showRun(id) {
  const { run, baselines, notices } = await ask('/api/runs/' + encodeURIComponent(id));
  const result = { ...run, tasks: run.tasks.map((task) => task.name), classCounts: run.tasks.map((task) => task.classes.length) };
  const results = [result, ...baselines];
  const text = JSON.stringify([run, notices, baselines.map((b) => [b.matrix, b.state])], (key, value) => (key === 'seconds' ? 0 : value));
  if (text === shown) return !ended(run);
  shown = text;
  const [curves, matrix, phases] = [chart(), chart(), chart()];
  const measured = run.matrix.length > 0;
  const charts = measured
    ? [el('div', { class: 'two' }, card('Accuracy on the tasks seen so far', curves), card('Compute seconds by phase', phases, el('p', { class: 'soft small' }, ENCODED_ONCE))),
      card('Accuracy matrix', el('p', { class: 'soft small' }, MATRIX_LEGEND), matrix)]
    : [];
  page.replaceChildren(
    el('p', { class: 'small' }, el('a', { href: '#/' }, '← all runs')),
    el('h1', {}, run.run),
    el('p', { class: 'soft' }, `${run.sequence} by ${run.strategy} · `, state(run.state), ' · ', progressOf(run), ` · submitted ${when(run.createdAt)}`),
    ...(run.failure ? [el('p', { class: 'notice' }, run.failure)] : []),
    ...notices.map((line) => el('p', { class: 'notice' }, line)),
    tiles(result),
    ...(baselines.length ? [card('Strategies on the same tasks', metricsTable(results))] : []),
    ...charts,
    card('Tasks and phases', ...phaseTable(run),
      el('p', { class: 'soft small' }, 'Seconds of computing; point at a phase for its waiting and wall time, its manifest and the digest of its outcome. Reused: computed by another run.')),
    card('Objects of the last learner state (SHA-256)', Object.keys(run.digests).length === 0 ? el('p', { class: 'soft' }, 'None before the first task is done.') : el('dl', { class: 'facts' },
      ...Object.entries(run.digests).flatMap(([name, sha]) => [el('dt', {}, name), el('dd', {}, el('code', {}, sha))]))),
    card('Where it comes from, where to look', whereToLook(run)),
    card('What the numbers mean', glossary()));
  if (measured) {
    drawCurves(curves, results);
    drawPhases(phases, results);
    drawMatrix(matrix, result);
  }
  return !ended(run);
}

async function show() {
  clearTimeout(timer);
  const [, kind, id] = location.hash.match(/^#\/(run|study)\/(.+)$/) || [];
  const began = performance.now();
  let pause;
  try {
    const again = await (kind ? (kind === 'run' ? showRun : showStudy)(decodeURIComponent(id)) : showRuns());
    // What is long in answering is asked less often.
    pause = Math.min(LONGEST_PERIOD, Math.max(again ? PERIOD : 5 * PERIOD, 10 * (performance.now() - began)));
  } catch (e) {
    pause = PERIOD;
    shown = '';
    page.replaceChildren(el('div', { class: 'card empty' }, el('p', {}, 'The catalog does not answer.'), el('p', { class: 'soft small' }, String(e.message || e))));
  }
  timer = setTimeout(show, pause);
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
