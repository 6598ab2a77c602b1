package main

import (
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 10 * time.Second}

// fetch gets a page over https, so the system's CA certificates have to be there.
func fetch(url string) ([]byte, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(io.LimitReader(resp.Body, 1<<20))
}

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "checksum of %q is %08x\n", "jettison", checksum([]byte("jettison")))
	})
	http.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		body, err := fetch("https://" + r.URL.Query().Get("host"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		fmt.Fprintf(w, "%08x\n", checksum(body))
	})
	http.HandleFunc("/roots", func(w http.ResponseWriter, r *http.Request) {
		pool, err := x509.SystemCertPool()
		fmt.Fprintln(w, "certificates found:", err == nil && !pool.Equal(x509.NewCertPool()))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
