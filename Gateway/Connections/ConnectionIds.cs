namespace OrleansTicker.Gateway.Connections;

/// <summary>Creates the ids by which the web server's logs tell its connections apart.</summary>
internal static class ConnectionIds
{
    private const int Length = 13; // 64 bits, 5 each.
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    /// <summary>Begins with the time, so that the ids of two runs differ.</summary>
    private static long _last = TimeProvider.System.GetUtcNow().UtcTicks;

    /// <summary>The next id: 13 digits and capital letters. Any thread may call it.</summary>
    public static string Next() => string.Create(Length, (ulong)Interlocked.Increment(ref _last), static (id, number) =>
    {
        for (var index = Length - 1; index >= 0; index--, number >>= 5)
        {
            id[index] = Digits[(int)(number & 31)];
        }
    });
}
