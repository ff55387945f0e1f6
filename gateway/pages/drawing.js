// Lets a signatory draw the signature with a finger, a pen or a mouse. Without this script, or with an empty frame, the
// typed name is the signature.
const form = document.querySelector('form[data-signing]');
const frame = document.getElementById('drawing');
const canvas = document.getElementById('canvas');
const told = document.getElementById('drawn');
const clear = document.getElementById('clear');

/** Strokes of points, in thousandths of the frame’s width from its upper left corner. */
let strokes = restored(form.elements.strokes.value);
let drawing;

function restored(text) {
  try {
    const read = JSON.parse(text || '[]');
    const isPoint = (it) => Array.isArray(it) && it.length === 2 && it.every(Number.isFinite);
    return Array.isArray(read) ? read.filter((one) => Array.isArray(one) && one.length > 0 && one.every(isPoint)) : [];
  } catch {
    return [];
  }
}

function pointOf(event) {
  const box = canvas.getBoundingClientRect();
  const part = (length, most) => Math.round((Math.min(Math.max(length, 0), most) * 1000) / box.width);
  return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
}

/** Draws all strokes on `on`, `scale` dots to a thousandth, from the corner `left`, `top`. */
function paint(on, scale, left = 0, top = 0) {
  const context = on.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, on.width, on.height);
  context.strokeStyle = '#101c4a';
  context.lineWidth = 8 * scale;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    const dots = stroke.map(([x, y]) => [(x - left) * scale, (y - top) * scale]);
    context.beginPath();
    context.moveTo(...dots[0]);
    // A touch without a move is a dot.
    if (dots.length === 1) context.lineTo(dots[0][0] + 0.1, dots[0][1]);
    dots.slice(1).forEach(([x, y], at) => {
      const [px, py] = dots[at];
      context.quadraticCurveTo(px, py, (px + x) / 2, (py + y) / 2);
    });
    if (dots.length > 1) context.lineTo(...dots.at(-1));
    context.stroke();
  }
}

function show() {
  const box = canvas.getBoundingClientRect();
  const dense = Math.min(window.devicePixelRatio || 1, 3);
  canvas.width = Math.round(box.width * dense);
  canvas.height = Math.round(box.height * dense);
  paint(canvas, canvas.width / 1000);
  const isDrawn = strokes.length > 0;
  told.textContent = isDrawn ? 'Signature tracée.' : 'Cadre vide : votre nom saisi vaudra signature.';
  clear.disabled = !isDrawn;
}

/** What was drawn and a little around it, as a PNG in base64. */
function picture() {
  const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((point) => point[axis]));
  const around = 20;
  const [left, top] = [Math.min(...xs) - around, Math.min(...ys) - around];
  const size = [Math.max(...xs) + around - left, Math.max(...ys) + around - top];
  const cut = document.createElement('canvas');
  [cut.width, cut.height] = size;
  paint(cut, 1, left, top);
  return cut.toDataURL('image/png').split(',')[1];
}

canvas.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  canvas.setPointerCapture(event.pointerId);
  drawing = event.pointerId;
  strokes.push([pointOf(event)]);
  show();
});
canvas.addEventListener('pointermove', (event) => {
  if (event.pointerId !== drawing) return;
  const between = event.getCoalescedEvents?.() ?? [];
  strokes.at(-1).push(...(between.length > 0 ? between : [event]).map(pointOf));
  show();
});
for (const end of ['pointerup', 'pointercancel']) {
  canvas.addEventListener(end, (event) => { if (event.pointerId === drawing) drawing = undefined; });
}
clear.addEventListener('click', () => {
  strokes = [];
  show();
  canvas.focus();
});
form.addEventListener('submit', () => {
  form.elements.strokes.value = strokes.length > 0 ? JSON.stringify(strokes) : '';
  form.elements.picture.value = strokes.length > 0 ? picture() : '';
});
window.addEventListener('resize', show);
frame.hidden = false;
show();
