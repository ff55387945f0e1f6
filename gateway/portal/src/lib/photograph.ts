/** Above this many bytes a photograph is made smaller before it leaves: three of them would make a deposit too heavy. */
const heavy = 3_000_000;
/** The longest side then kept, pixels: A4 at 250 dots per inch. */
const longest = 3_000;

/** The photograph, or a lighter JPEG of it; as it is when this browser cannot read it, so that the service says why. */
export async function lightened(file: File): Promise<File> {
  if (file.size <= heavy && ['image/jpeg', 'image/png'].includes(file.type)) return file;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return file;
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  return blob ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file;
}
