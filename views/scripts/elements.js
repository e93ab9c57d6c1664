// Elements of the page. Every text goes in as text: nothing is ever read as HTML.
const byId = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function element(name, content, attributes) {
  const made = document.createElement(name);
  for (const part of [].concat(content ?? [])) made.append(part);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  return made;
}

const isolated = (text) => element("bdi", text);

function link(url) {
  if (!/^https?:\/\//i.test(url)) return "";
  return element("a", new URL(url).hostname, { href: url, rel: "noopener noreferrer", target: "_blank", title: url });
}

function button(content, act) {
  const made = element("button", content, { type: "button" });
  made.addEventListener("click", act);
  return made;
}

