'use client';
import { Button, Confirm, Menu, MenuItem, MenuRadio, MenuSeparator, Modal, Tooltip } from '@rollcall/ui';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';

/** What lies over a page: opened by hand, in the theme of the page. */
export function Overlays() {
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState('a');
  return (
    <section aria-label="Overlays">
      <h2 className="mb-3 font-semibold text-lg">Overlays</h2>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen(true)}>Modal</Button>
        <Confirm
          trigger={<Button>Confirm</Button>}
          title="Delete Documentation?"
          description="Its history goes with it."
          action="Delete"
          onConfirm={() => toast.success('Deleted.')}
        />
        <Menu trigger={<Button>Menu</Button>} align="start">
          <MenuItem>
            <Pencil aria-hidden />
            Rename
          </MenuItem>
          <MenuSeparator />
          <MenuRadio
            label="Order"
            value={choice}
            onChange={setChoice}
            options={[
              { value: 'a', label: 'By name' },
              { value: 'b', label: 'By latency' },
            ]}
          />
          <MenuSeparator />
          <MenuItem danger>
            <Trash2 aria-hidden />
            Delete
          </MenuItem>
        </Menu>
        <Tooltip content="A sentence about the button">
          <Button>Tooltip</Button>
        </Tooltip>
        <Button onClick={() => toast.success('It is saved.')}>Message: done</Button>
        <Button onClick={() => toast.error('It could not be saved.')}>Message: failed</Button>
      </div>
      <Modal open={open} onOpenChange={setOpen} title="A panel" description="With a sentence below its title.">
        <Button variant="primary" onClick={() => setOpen(false)}>
          Close it
        </Button>
      </Modal>
    </section>
  );
}
