using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Limits;

/// <summary>The memory of native libraries, such as SQLite and the compressors. glibc keeps what they free, arena by arena.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives free memory back to the system (malloc_trim(3)). Does nothing where there is no such function.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has none, and keeps less.
        }
        catch (DllNotFoundException)
        {
            // There is a libc of another name.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
