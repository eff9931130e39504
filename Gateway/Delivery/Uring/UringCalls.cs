using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>
/// The system calls of io_uring(7). No C library is needed: they go through syscall(2), and their numbers are the same on every architecture.
/// Errors are returned as negative numbers of errno(3), as the kernel does.
/// </summary>
internal static unsafe partial class UringCalls
{
    private const nint SetupNumber = 425;
    private const nint EnterNumber = 426;
    private const nint RegisterNumber = 427;
    private const nint EnableRings = 12; // IORING_REGISTER_ENABLE_RINGS
    private const int ReadWrite = 0x1 | 0x2; // PROT_READ | PROT_WRITE
    private const int SharedPopulated = 0x1 | 0x8000; // MAP_SHARED | MAP_POPULATE

    /// <summary>Whether the numbers above and the layouts of the entries are those of this system.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian;

    /// <summary>io_uring_setup(2).</summary>
    /// <param name="entries">How many entries the submission queue has; a power of two.</param>
    /// <param name="parameters">What is asked for; the kernel adds what it has done.</param>
    /// <returns>The descriptor of the ring, or the error.</returns>
    public static int SetUp(uint entries, ref UringParameters parameters) => Result(SysCall(SetupNumber, entries, ref parameters));

    /// <summary>Lets a ring that was created disabled be used, from now on by the calling thread.</summary>
    public static int Enable(SafeFileHandle ring) => Result(SysCall(RegisterNumber, ring, EnableRings, 0, 0, 0, 0));

    /// <summary>io_uring_enter(2).</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="toSubmit">How many entries to submit.</param>
    /// <param name="minComplete">How many completions to wait for.</param>
    /// <param name="flags">See <see cref="UringFlags"/>.</param>
    /// <returns>How many entries the kernel has taken, or the error.</returns>
    public static int Enter(SafeFileHandle ring, uint toSubmit, uint minComplete, uint flags) =>
        Result(SysCall(EnterNumber, ring, (nint)toSubmit, (nint)minComplete, (nint)flags, 0, 0));

    /// <summary>mmap(2) of a part of the ring.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="offset">Which part: one of <see cref="UringFlags"/>.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The memory; invalid if the system refuses it.</returns>
    public static MappedMemory Map(SafeFileHandle ring, nint offset, int length) =>
        new(MemoryMap(0, (nuint)length, ReadWrite, SharedPopulated, ring, offset), length);

    /// <summary>munmap(2).</summary>
    public static bool Unmap(nint address, int length) => MemoryUnmap(address, (nuint)length) == 0;

    /// <summary>Makes mapped memory accessible. It must not be unmapped meanwhile.</summary>
    public static Span<byte> SpanOf(nint address, int length) => new((void*)address, length);

    /// <summary>The address of memory, which stays the same until the handle is disposed.</summary>
    public static ulong AddressOf(MemoryHandle pinned) => (ulong)pinned.Pointer;

    private static int Result(nint returned) => returned >= 0 ? (int)returned : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SysCall(nint number, uint entries, ref UringParameters parameters);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SysCall(nint number, SafeFileHandle ring, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MemoryUnmap(nint address, nuint length);
}
