package main

/*
#include <stdint.h>
#include <stdlib.h>

// The checksum of the old C client; it has to stay bit for bit the same.
static uint32_t adler(const unsigned char *p, size_t n) {
	uint32_t a = 1, b = 0;
	for (size_t i = 0; i < n; i++) {
		a = (a + p[i]) % 65521;
		b = (b + a) % 65521;
	}
	return (b << 16) | a;
}
*/
import "C"

import "unsafe"

func checksum(data []byte) uint32 {
	p := C.CBytes(data)
	defer C.free(unsafe.Pointer(p))
	return uint32(C.adler((*C.uchar)(p), C.size_t(len(data))))
}
