// Latent explorers: a point on a plane, and the picture that the decoder draws there. All numbers come with the page.
(function () {
  'use strict';
  const activations = {
    linear: x => x,
    relu: x => Math.max(0, x),
    tanh: Math.tanh,
    sigmoid: x => 1 / (1 + Math.exp(-x))
  };

  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const floats = text => new Float32Array(bytes(text).buffer);

  // ---- the decoder: dense layers, y = f(x·W + b) ----

  function layer(packed) {
    const scales = packed.scales ? floats(packed.scales) : null;
    return {
      weights: scales ? new Int8Array(bytes(packed.weights).buffer) : floats(packed.weights), // [inputs, outputs]
      scales: scales, // of each output's column, where the weights are whole numbers
      bias: floats(packed.bias),
      f: activations[packed.activation]
    };
  }

  function dense(x, l) {
    const k = l.bias.length;
    const y = new Float64Array(k);
    for (let i = 0; i < x.length; i++) {
      if (x[i] !== 0) {
        for (let j = 0; j < k; j++) {
          y[j] += x[i] * l.weights[i * k + j];
        }
      }
    }
    return y.map((sum, j) => l.f(l.bias[j] + (l.scales ? l.scales[j] * sum : sum)));
  }

  // ---- the page ----

  function add(parent, name, style, attributes) {
    const element = document.createElement(name);
    element.style.cssText = style;
    Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
    return parent.appendChild(element);
  }

  function explore(root) {
    const data = JSON.parse(root.dataset.decoder);
    const layers = data.layers.map(layer);
    const [left, right, bottom, top] = data.plane;
    const codes = new Uint16Array(bytes(root.dataset.codes).buffer);
    const labels = bytes(root.dataset.labels);
    const colours = root.dataset.colours.split(' ');
    const fallback = root.querySelector('.atelier-fallback');
    const manifold = fallback.querySelector('img');

    const frame = document.createElement('div');
    frame.style.cssText = 'display:flex;flex-wrap:wrap;gap:20px;align-items:flex-start';
    const plane = add(frame, 'canvas',
      'width:360px;height:360px;border:1px solid #d0d7de;border-radius:4px;cursor:crosshair;touch-action:none', {
        width: 720, height: 720, tabindex: 0, role: 'application', 'aria-roledescription': 'plane to explore'
      });
    const side = add(frame, 'div', 'width:252px');
    const picture = add(side, 'canvas', 'width:252px;height:252px;image-rendering:pixelated;background:#000', {
      width: data.side, height: data.side, role: 'img'
    });
    const told = add(side, 'div', 'margin:8px 0;font-variant-numeric:tabular-nums', {'aria-live': 'polite'});
    const choice = add(side, 'label', 'display:block;margin:4px 0;cursor:pointer');
    const digits = add(choice, 'input', 'margin:0 6px 0 0;vertical-align:middle', {type: 'checkbox'});
    choice.append('pictures instead of points');
    add(side, 'div', 'color:#6a737d;font-size:12px;margin-top:8px').textContent =
      'Drag the point, or focus the plane and press the arrow keys (with Shift: larger steps).';

    const legend = add(side, 'div', 'font-size:12px;margin-top:8px');
    Array.from(new Set(labels)).sort((a, b) => a - b).forEach(label => {
      const entry = add(legend, 'span', 'display:inline-block;margin-right:7px');
      add(entry, 'span', 'display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:3px;background:'
        + colours[label % colours.length]);
      entry.append(String(label));
    });

    const ink = plane.getContext('2d');
    const ground = document.createElement('canvas');
    ground.width = ground.height = plane.width;
    let z1 = left <= 0 && right >= 0 ? 0 : (left + right) / 2;
    let z2 = bottom <= 0 && top >= 0 ? 0 : (bottom + top) / 2;

    let held = null; // the pointer that drags

    const across = z => (z - left) / (right - left) * plane.width;
    const down = z => (top - z) / (top - bottom) * plane.height;
    const number = z => (z < 0 ? '−' : '') + Math.abs(z).toFixed(2);

    function paintGround() {
      const pen = ground.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, ground.width, ground.height);
      if (digits.checked) {
        pen.imageSmoothingEnabled = false;
        pen.drawImage(manifold, 0, 0, ground.width, ground.height);
        return;
      }
      paintAxes(pen);
      labels.forEach((label, i) => {
        pen.fillStyle = colours[label % colours.length];
        pen.beginPath();
        pen.arc(codes[2 * i] / 65535 * ground.width, (1 - codes[2 * i + 1] / 65535) * ground.height, 3.2, 0, 7);
        pen.fill();
      });
      new Set(labels).forEach(label => paintName(pen, label));
    }

    function paintAxes(pen) {
      const size = Math.max(right - left, top - bottom);
      const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].find(s => size / s <= 9) || size / 5;
      pen.strokeStyle = '#e7ebef';
      pen.lineWidth = 2;
      pen.fillStyle = '#6a737d';
      pen.font = '20px sans-serif';
      for (let i = Math.ceil(left / step); i * step <= right; i++) {
        pen.strokeRect(across(i * step), -2, 0, ground.height + 4);
        pen.fillText(String(+(i * step).toFixed(2)), across(i * step) + 5, ground.height - 8);
      }
      for (let i = Math.ceil(bottom / step); i * step <= top; i++) {
        pen.strokeRect(-2, down(i * step), ground.width + 4, 0);
        pen.fillText(String(+(i * step).toFixed(2)), 6, down(i * step) - 6);
      }
      pen.fillStyle = '#24292f';
      pen.fillText('z1 →', ground.width - 54, ground.height - 32);
      pen.fillText('z2 ↑', 44, 26);
    }

    function paintName(pen, label) {
      const own = Array.from(labels.keys()).filter(i => labels[i] === label);
      const middle = axis => own.map(i => codes[2 * i + axis] / 65535).sort((a, b) => a - b)[own.length >> 1];
      const x = middle(0) * ground.width;
      const y = (1 - middle(1)) * ground.height;
      pen.beginPath();
      pen.arc(x, y, 16, 0, 7);
      pen.fillStyle = '#fff';
      pen.fill();
      pen.strokeStyle = colours[label % colours.length];
      pen.lineWidth = 5;
      pen.stroke();
      pen.fillStyle = '#24292f';
      pen.font = 'bold 22px sans-serif';
      pen.textAlign = 'center';
      pen.fillText(String(label), x, y + 8);
      pen.textAlign = 'start';
    }

    function paint() {
      ink.drawImage(ground, 0, 0);
      [[15, '#fff'], [12, '#24292f'], [8, '#e69f00']].forEach(([radius, colour]) => {
        ink.beginPath();
        ink.arc(across(z1), down(z2), radius, 0, 7);
        ink.fillStyle = colour;
        ink.fill();
      });
      const pixels = layers.reduce(dense, [z1, z2]);
      const image = new ImageData(data.side, data.side); // a byte each of red, green, blue and opacity
      pixels.forEach((value, i) => image.data.set([255 * value, 255 * value, 255 * value, 255], 4 * i));
      picture.getContext('2d').putImageData(image, 0, 0);
      const place = 'z1 = ' + number(z1) + ', z2 = ' + number(z2);
      told.textContent = place;
      plane.setAttribute('aria-label', 'Latent plane, the point is at ' + place + '. The arrow keys move it.');
      picture.setAttribute('aria-label', 'The picture that the decoder draws at ' + place);
    }

    function go(newZ1, newZ2) {
      z1 = Math.min(right, Math.max(left, newZ1));
      z2 = Math.min(top, Math.max(bottom, newZ2));
      paint();
    }

    function follow(event) {
      const place = plane.getBoundingClientRect();
      go(left + (event.clientX - place.left - 1) / (place.width - 2) * (right - left),
        top - (event.clientY - place.top - 1) / (place.height - 2) * (top - bottom));
    }

    plane.addEventListener('pointerdown', event => {
      event.preventDefault();
      plane.focus({preventScroll: true});
      plane.setPointerCapture(event.pointerId);
      held = event.pointerId;
      follow(event);
    });
    plane.addEventListener('pointermove', event => {
      if (event.pointerId === held && event.buttons) {
        follow(event);
      }
    });
    ['pointerup', 'pointercancel'].forEach(type => plane.addEventListener(type, () => {
      held = null;
    }));
    plane.addEventListener('keydown', event => {
      const ways = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
      const way = ways[event.key];
      if (way && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        const share = event.shiftKey ? 0.1 : 0.02;
        go(z1 + way[0] * share * (right - left), z2 + way[1] * share * (top - bottom));
      }
    });
    // Jupyter listens to keys and clicks as well, and would move to another cell
    root.setAttribute('data-lm-suppress-shortcuts', 'true');
    ['keydown', 'keyup', 'keypress', 'mousedown', 'click', 'dblclick'].forEach(type =>
      root.addEventListener(type, event => event.stopPropagation()));
    digits.addEventListener('change', () => {
      paintGround();
      paint();
    });

    paintGround();
    paint();
    fallback.style.display = 'none';
    root.appendChild(frame);
  }

  // ---- every explorer that has come into the page; Jupyter may run this before it puts the output there ----

  function start() {
    document.querySelectorAll('.atelier-explorer').forEach(root => {
      if (!root.atelierStarted) {
        root.atelierStarted = true;
        try {
          explore(root);
        } catch (error) { // what stands in its place stays, and the next explorer starts
          console.error(error);
        }
      }
    });
  }

  start();
  document.addEventListener('DOMContentLoaded', start);
  [0, 100, 1000].forEach(wait => setTimeout(start, wait));
})();
