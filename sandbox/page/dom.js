// Builds elements without markup strings: text is always text, so nothing that a person typed can become code.

/**
 * el("button", {class: "send", data: {action: "send"}, on: {click: send}}, "Send")
 * A value of true sets an empty attribute; false, null and undefined leave it out.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "data") setData(node, value);
    else if (name === "on") listen(node, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

function setData(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value != null) node.dataset[name] = value;
  }
}

function listen(node, handlers) {
  for (const [kind, handler] of Object.entries(handlers)) node.addEventListener(kind, handler);
}

/** Makes the nodes the parent's children, in order, touching only what differs: focus and screen readers stay calm. */
export function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) {
    if (!wanted.has(child)) child.remove();
  }
  nodes.forEach((node, at) => {
    if (parent.childNodes[at] !== node) parent.insertBefore(node, parent.childNodes[at] ?? null);
  });
}
