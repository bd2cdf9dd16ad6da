//! How the allocator of the C library asks the system for memory: in large steps. Left to itself it
//! lets the heap of a thread grow by a page at a time, which is a call of the system for every page.
//!
//! There is a safe way to tell it. A block that is freed raises the limits above which glibc gives
//! memory back at once to the size of the block, and twice that (mallopt(3), `M_MMAP_THRESHOLD`); and
//! what was freed within these limits stays with the heap. No page of these blocks is ever touched, so
//! none is taken up. Another allocator gives and takes a block, which changes nothing.

use std::hint::black_box;

/// Blocks up to this size come from heaps, and a heap keeps twice as much for what is allocated
/// next.
const LIMIT: usize = 8 << 20;

/// Lets heaps keep what is freed; once, before other threads start.
pub fn keep_what_is_freed() {
    drop(black_box(Vec::<u8>::with_capacity(LIMIT)));
}

/// Lets the heap of this thread grow at once by what a small corpus needs.
pub fn grow_heap() {
    let blocks = [0; 2].map(|_| black_box(Vec::<u8>::with_capacity(LIMIT / 8 * 7)));
    drop(blocks);
}
