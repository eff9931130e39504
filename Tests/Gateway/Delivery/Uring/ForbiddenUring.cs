using System.Runtime.InteropServices;

namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

/// <summary>Forbids io_uring to the calling thread for the rest of its life, as the seccomp profile of a container does.</summary>
internal static unsafe partial class ForbiddenUring
{
    private const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
    private const int Seccomp = 22; // PR_SET_SECCOMP
    private const nuint Filter = 2; // SECCOMP_MODE_FILTER
    private const uint Allow = 0x7FFF0000; // SECCOMP_RET_ALLOW
    private const uint Error = 0x00050000; // SECCOMP_RET_ERRNO

    /// <summary>Forbids it.</summary>
    /// <param name="error">What the system calls return, a number of errno(3).</param>
    /// <param name="calls">The numbers of the first and last call that are forbidden.</param>
    public static void ForThisThread(int error, (uint First, uint Last) calls)
    {
        Span<Instruction> program =
        [
            new(0x20, 0, 0, 0), // BPF_LD | BPF_W | BPF_ABS: the number of the system call
            new(0x35, 0, 2, calls.First), // BPF_JMP | BPF_JGE
            new(0x25, 1, 0, calls.Last), // BPF_JMP | BPF_JGT
            new(0x06, 0, 0, Error | (uint)error), // BPF_RET
            new(0x06, 0, 0, Allow),
        ];
        fixed (Instruction* first = program)
        {
            var code = new Program { Length = (ushort)program.Length, First = (nuint)first };
            Assert.Equal(0, Control(NoNewPrivileges, 1, 0, 0, 0));
            Assert.Equal(0, Control(Seccomp, Filter, (nuint)(&code), 0, 0));
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public nuint First;
    }
}
