'use strict';
// As much of a browser as the scripts of reports use. The charting library, which is there before, draws for real, as text.
class Node {}

class Element extends Node {
  constructor(tag) {
    super();
    Object.assign(this, { tag, children: [], attributes: {}, listeners: {}, style: {}, dataset: {}, clientWidth: 900 });
    this.classList = { add() {} };
  }

  setAttribute(name, value) { this.attributes[name] = value; }
  append(...children) { this.children.push(...children); }
  addEventListener(type, listener) { this.listeners[type] = listener; }

  /** Of a canvas, which the library measures texts with if it can. */
  getContext() { return null; }

  /** Of a select: its selected option's. */
  get value() { return this.tag === 'select' ? this.children.find((option) => option.selected).value : this.attributes.value; }

  set textContent(text) { this.children = [text]; }
  get textContent() { return this.children.map((child) => (child instanceof Node ? child.textContent : child)).join(' '); }

  /** This element and all within it. */
  all() { return [this, ...this.children.filter((child) => child instanceof Node).flatMap((child) => child.all())]; }
}

const document = {
  documentElement: new Element('html'),
  body: new Element('body'),
  createElement: (tag) => new Element(tag),
  getElementById: (id) => document.body.all().find((node) => node.attributes.id === id),
};
const window = { addEventListener() {} };
const getComputedStyle = () => ({ getPropertyValue: () => '#123456' });
const setTimeout = () => 0;

/** What a test asks. */
const browser = {
  charts: [],

  add(id, text) {
    const node = new Element('div');
    node.setAttribute('id', id);
    node.append(text);
    document.body.append(node);
  },

  text: () => document.getElementById('page').textContent,

  /** Of each chart, in the order in which they were begun: the title of its card, its series, the picture. */
  drawings() {
    const cards = document.body.all().filter((node) => node.tag === 'section');
    return JSON.stringify(browser.charts.map(({ node, drawn }) => {
      const option = drawn.getOption();
      return {
        title: cards.find((card) => card.all().includes(node)).children[0].textContent,
        axis: option.xAxis[0].type,
        series: option.series.map((one) => ({ type: one.type, name: one.name, points: one.data.length })),
        picture: drawn.renderToSVGString(),
      };
    }));
  },

  /** Chooses an option of the page's only select. */
  choose(value) {
    const select = document.body.all().find((node) => node.tag === 'select');
    select.children.forEach((option) => { option.selected = option.value === value; });
    select.listeners.change();
  },
};

const begin = echarts.init;
echarts.getInstanceByDom = (node) => node.drawn;
echarts.init = (node, theme, options) => {
  const size = () => ({ width: node.clientWidth, height: parseInt(node.style.height ?? '340px', 10) });
  const drawn = begin(null, theme, { ...options, ssr: true, ...size() });
  const resize = drawn.resize;
  drawn.resize = () => resize.call(drawn, size());
  node.drawn = drawn;
  browser.charts.push({ node, drawn });
  return drawn;
};
