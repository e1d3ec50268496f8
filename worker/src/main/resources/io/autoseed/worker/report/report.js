'use strict';
// The report of a run and its baselines: one page, made of the record Report.
const report = embedded('report');
const run = report.main;
const runs = [run, ...report.baselines];
const classes = run.classCounts.reduce((a, b) => a + b, 0);
const [curves, matrix, phases] = [chart(), chart(), chart()];
document.title = run.sequence + ' – Autoseed report';
document.getElementById('page').append(
  el('h1', {}, run.sequence),
  el('p', { class: 'soft' }, `${run.tasks.length} tasks, ${classes} classes, learned one task after the other by ${run.strategy} · run `,
    el('code', {}, run.run), ' · ', el('span', { class: 'state ' + run.state }, run.state)),
  tiles(run),
  card('Strategies on the same tasks', metricsTable(runs)),
  card('Accuracy on the tasks seen so far', curves),
  card(`Accuracy matrix of ${run.strategy}`, el('p', { class: 'soft small' }, MATRIX_LEGEND), matrix),
  card('Compute seconds by phase', phases, el('p', { class: 'soft small' }, ENCODED_ONCE)),
  card('Tasks', el('table', {}, el('tbody', {}, ...run.tasks.slice(0, READABLE_TASKS).map((task, i) =>
    el('tr', {}, el('td', {}, `${i} ${task}`), el('td', {}, `${run.classCounts[i]} classes`))))), ...andMore(run.tasks.length - READABLE_TASKS, 'after')),
  card('What the numbers mean', glossary()),
  card('Where to look', el('dl', {}, ...report.links.flatMap((link) =>
    [el('dt', {}, link.name), el('dd', {}, /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(link.address)
      ? el('a', { href: link.address }, link.address) : el('code', {}, link.address))]))),
);
drawCurves(curves, runs);
drawMatrix(matrix, run);
drawPhases(phases, runs);
