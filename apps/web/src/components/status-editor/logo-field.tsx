'use client';
import { Button } from '@rollcall/ui';
import { ImageUp } from 'lucide-react';
import { useId, useRef, useState } from 'react';

const MAX_CHARS = 180_000;
const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'];
const MAX_SIDE_PX = 480;

function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** A picture that is too large is drawn smaller; it is never shown higher than 36 px. */
async function shrink(file: File): Promise<string> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MAX_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', 0.9);
}

async function fit(file: File): Promise<string> {
  const asIs = await dataUrlOf(file);
  return asIs.length <= MAX_CHARS || file.type === 'image/svg+xml' ? asIs : shrink(file);
}

/** The logo lives in the page itself, as a data: URL, so that no other host learns who reads it. */
export function LogoField({
  value,
  error,
  onChange,
}: {
  value: string | null;
  error?: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    if (input.current !== null) input.current.value = '';
    if (!TYPES.includes(file.type)) return setRefused('Must be a PNG, JPEG, WebP or SVG image.');
    const url = await fit(file).catch(() => null);
    if (url === null) return setRefused('This image is broken and cannot be read.');
    if (url.length > MAX_CHARS) return setRefused('Must be smaller than about 130 KB.');
    setRefused(null);
    onChange(url);
  };
  const problem = refused ?? error;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-sm">
        Logo <span className="ml-0.5 font-normal text-faint">optional</span>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        {value === null ? null : (
          // biome-ignore lint/performance/noImgElement: a data: URL, nothing to optimise or to fetch
          <img src={value} alt="The logo" className="max-h-9 max-w-40 rounded border bg-surface object-contain p-1" />
        )}
        <input
          ref={input}
          id={id}
          type="file"
          aria-label="Logo"
          accept={TYPES.join(',')}
          aria-describedby={`${id}-note`}
          onChange={(event) => take(event.target.files?.[0])}
          className="peer sr-only"
        />
        <Button asChild className="peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2">
          <label htmlFor={id} className="cursor-pointer">
            <ImageUp aria-hidden className="size-4" />
            {value === null ? 'Choose an image' : 'Replace'}
          </label>
        </Button>
        {value === null ? null : (
          <Button variant="ghost" onClick={() => onChange(null)}>
            Remove the logo
          </Button>
        )}
      </div>
      <p
        id={`${id}-note`}
        role={problem === undefined ? undefined : 'alert'}
        className={problem === undefined ? 'text-muted text-xs' : 'text-danger text-xs'}
      >
        {problem ?? 'PNG, JPEG, WebP or SVG. Kept within the page: no other host is asked for it.'}
      </p>
    </div>
  );
}
