using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>What the query of a handshake says about the session.</summary>
/// <param name="ResumeFrom">The cursor of a client that resumes; the default if there is none, or if it cannot be read.</param>
/// <param name="Desired">What the client wants from the beginning; null if it has not asked for anything.</param>
internal sealed record SessionQuery(Cursor ResumeFrom, DesiredSubscription? Desired)
{
    /// <summary>Reads a query. A cursor that cannot be read leads to a snapshot, which is as good; what is asked for has to be right.</summary>
    /// <param name="query">The query.</param>
    /// <param name="read">What it says.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryRead(IQueryCollection query, [NotNullWhen(true)] out SessionQuery? read, [NotNullWhen(false)] out string? error)
    {
        var detail = DetailLevel.Price;
        var wantsStatus = false;
        error = query.TryGetValue("detail", out var name) && !DetailNames.TryRead(name, out detail) ? "detail must be price or full"
            : query.TryGetValue("status", out var status) && !TryReadSwitch(status, out wantsStatus) ? "status must be true or false"
            : null;
        read = error is null ? new SessionQuery(CursorOf(query), DesiredBy(detail, wantsStatus)) : null;
        return read is not null;
    }

    private static DesiredSubscription? DesiredBy(DetailLevel detail, bool wantsStatus) =>
        detail == DetailLevel.Price && !wantsStatus ? null : new DesiredSubscription(null, TimeSpan.Zero, 0, detail, wantsStatus);

    internal static bool TryReadSwitch(string? value, out bool isOn)
    {
        isOn = value == "true";
        return value is "true" or "false";
    }

    private static Cursor CursorOf(IQueryCollection query) =>
        long.TryParse(query["epoch"], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
        && long.TryParse(query["seq"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new Cursor(epoch, seq)
            : default;
}
