"""A machine that is a directory: /sys and /proc as the kernel writes them."""
import os
import shutil

ELECTION = "e" * 64


class Machine:
    def __init__(self, root):
        self.root = root
        self.put("proc/sys/kernel/osrelease", "6.1.0-test\n")
        self.put("proc/mounts", "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n")
        self.put("proc/modules", "")
        for name in ("tcp", "udp", "raw"):
            self.put(f"proc/net/{name}", "  sl  local_address rem_address\n")
        os.makedirs(f"{root}/sys/bus")
        self.interface("lo", 772)

    def put(self, name, text):
        path = f"{self.root}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def link(self, name, target):
        path = f"{self.root}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(target, path)

    def interface(self, name, kind, driver=None):
        self.put(f"sys/class/net/{name}/type", f"{kind}\n")
        self.put(f"sys/class/net/{name}/flags", "0x1003\n")
        self.put(f"sys/class/net/{name}/carrier", "1\n")
        if driver:
            self.link(f"sys/class/net/{name}/device/driver", f"../drivers/{driver}")
            self.put(f"sys/class/net/{name}/address", "52:54:00:12:34:56\n")

    def usb(self, place, vendor, product, code, driver=None, name="Thing"):
        at = f"sys/bus/usb/devices/{place}"
        for what, value in (("idVendor", vendor), ("idProduct", product), ("bDeviceClass", "00"), ("bDeviceSubClass", "00"),
                            ("bDeviceProtocol", "00"), ("product", name), ("serial", f"SERIAL-{place}")):
            self.put(f"{at}/{what}", value + "\n")
        for i, what in enumerate(("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol")):
            self.put(f"{at}:1.0/{what}", code[2 * i:2 * i + 2] + "\n")
        if driver:
            self.link(f"{at}:1.0/driver", f"../../drivers/{driver}")

    def unplug(self, place):
        for folder in (place, f"{place}:1.0"):
            shutil.rmtree(f"{self.root}/sys/bus/usb/devices/{folder}")


def state(programs, machine, *arguments, expect=0, device="sorter-3"):
    return programs.run("device", "state", "--device", device, "--area", "/", "--election", ELECTION, "--root", machine.root,
                        *arguments, expect=expect)
