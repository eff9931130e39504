using System.Globalization;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Protocol.Sse;

/// <summary>Cursors as ids of events.</summary>
internal static class SseCursor
{
    /// <summary>The id of the last event of a stream that the client must not open again.</summary>
    public const string End = "end";

    private const char Separator = '-';

    /// <summary>The id of a cursor.</summary>
    public static string IdOf(Cursor cursor) => string.Create(CultureInfo.InvariantCulture, $"{cursor.Epoch}{Separator}{cursor.Seq}");

    /// <summary>Reads an id.</summary>
    /// <returns>The cursor; the default if the id names none.</returns>
    public static Cursor Read(string? id) =>
        id is not null
        && id.Split(Separator) is [var first, var second]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new Cursor(epoch, seq)
            : default;
}
