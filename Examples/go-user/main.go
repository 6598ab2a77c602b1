package main

import (
	"fmt"
	"os"
)

func main() {
	uid, gid := os.Getuid(), os.Getgid()
	if uid == 0 {
		fmt.Fprintln(os.Stderr, "refusing to run as root")
		os.Exit(1)
	}
	fmt.Printf("uid %d, gid %d\n", uid, gid)
}
