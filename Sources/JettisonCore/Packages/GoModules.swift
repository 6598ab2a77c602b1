/// Go modules that need C, and what their programs load.
///
/// Sources: `import "C"` in each module's sources.
enum GoModules {
  /// Modules that do not work, or not the same, without cgo.
  static let native: Set<String> = [
    "github.com/mattn/go-sqlite3", "github.com/confluentinc/confluent-kafka-go", "github.com/google/gopacket",
    "github.com/libgit2/git2go", "gopkg.in/libgit2/git2go.v27", "github.com/chai2010/webp",
    "github.com/kolesa-team/go-webp",
    "github.com/h2non/bimg", "github.com/davidbyttow/govips", "gopkg.in/gographics/imagick.v2",
    "gopkg.in/gographics/imagick.v3", "github.com/gographics/imagick",
    "github.com/godror/godror", "gopkg.in/goracle.v2", "gopkg.in/rana/ora.v4", "github.com/mattn/go-oci8",
    "github.com/alexbrainman/odbc",
    "github.com/bamiaux/rez", "github.com/tecbot/gorocksdb", "github.com/linxGNU/grocksdb",
    "github.com/jmhodges/levigo",
    "github.com/DataDog/zstd", "github.com/valyala/gozstd", "github.com/go-gl/gl", "github.com/veandco/go-sdl2",
    "gocv.io/x/gocv",
    "github.com/sbinet/go-python", "github.com/DataDog/go-python3", "github.com/pebbe/zmq4", "github.com/zeromq/goczmq",
    "github.com/shirou/gopsutil/v3/process/cgo", "github.com/coreos/go-systemd/v22/sdjournal",
    "github.com/ianlancetaylor/cgosymbolizer", "rogchap.com/v8go",
    "github.com/otiai10/gosseract", "github.com/gen2brain/go-fitz", "github.com/miekg/pkcs11",
    "github.com/ThalesIgnite/crypto11", "github.com/supranational/blst",
    "github.com/karalabe/usb", "github.com/karalabe/hid", "github.com/marcboeker/go-duckdb",
    "github.com/dgraph-io/ristretto/contrib",
    "github.com/mutecomm/go-sqlcipher", "github.com/xeodou/go-sqlcipher", "github.com/flopp/go-sqlite3",
    "github.com/spacemonkeygo/openssl",
    "github.com/tensorflow/tensorflow", "github.com/yalue/onnxruntime_go", "github.com/gordonklaus/portaudio",
    "github.com/wasmerio/wasmer-go",
    "github.com/bytecodealliance/wasmtime-go", "github.com/proj-go/proj", "github.com/lukeroth/gdal",
    "github.com/twpayne/go-geos",
    "gorm.io/driver/sqlite", "github.com/jinzhu/gorm/dialects/sqlite",
  ]
}
