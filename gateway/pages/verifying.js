// The code printed on a signed convention opens this page with « #identification/code »: browsers keep that
// part to themselves, so neither is in any server's records.
const printed = () => {
  const [reference, code] = decodeURIComponent(location.hash.slice(1)).split('/');
  if (!reference || !code) return;
  document.getElementById('reference').value = reference;
  document.getElementById('code').value = code;
};
addEventListener('hashchange', printed);
printed();

// Verifies a file without sending it: its SHA-256 is made here. Shown only where browsers can do so.
const part = document.getElementById('by-file');
if (part && window.crypto?.subtle) {
  part.hidden = false;
  const form = part.querySelector('form');
  const hash = document.getElementById('sha256');
  form.addEventListener('submit', async (event) => {
    const [file] = document.getElementById('file').files;
    if (hash.value || !file) return;
    event.preventDefault();
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    hash.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    form.submit();
  });
}
