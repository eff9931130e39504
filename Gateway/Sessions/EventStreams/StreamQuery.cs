using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Gateway.Protocol.Sse;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Sessions.EventStreams;

/// <summary>Reads what the request of a stream asks for.</summary>
internal sealed class StreamQuery
{
    /// <summary>The header by which browsers say where an earlier stream has ended (HTML standard, 9.2.4).</summary>
    private const string LastEventIdHeader = "Last-Event-ID";

    /// <summary>The same for clients that cannot set the header when they open a stream.</summary>
    private const string LastEventIdName = "lastEventId";

    private static readonly string[] Known = ["symbols", "detail", "interval", "status", LastEventIdName];

    /// <summary>Reads a request. What it asks for has to be right; an id that names no cursor leads to a snapshot.</summary>
    public StreamQuery(HttpRequest request)
    {
        var query = request.Query;
        Check(query);
        var symbols = Read<ImmutableArray<string>?>(query, "symbols", TryReadSymbols, "names of symbols, separated by commas");
        var detail = Read(query, "detail", (StringValues text, out DetailLevel detail) => DetailNames.TryRead(text, out detail), "price or full");
        var interval = Read<TimeSpan>(query, "interval", TryReadInterval, $"a whole number of milliseconds, from 0 to {NativeReader.LongestIntervalMs}");
        var wantsStatus = Read(query, "status", (StringValues text, out bool isOn) => SessionQuery.TryReadSwitch(text, out isOn), "true or false");
        LastEventId = request.Headers[LastEventIdHeader].ToString() is { Length: > 0 } id ? id : query[LastEventIdName].ToString();
        Session = new SessionQuery(SseCursor.Read(LastEventId), DesiredBy(symbols, interval, detail, wantsStatus));
    }

    private delegate bool TryReadValue<T>(StringValues text, out T value);

    /// <summary>What is wrong.</summary>
    public ParameterProblems Problems { get; } = new();

    /// <summary>The id of the last event that the client has; empty if it has none.</summary>
    public string LastEventId { get; }

    /// <summary>What the session is asked for. Only if there are no problems.</summary>
    public SessionQuery Session { get; }

    private static DesiredSubscription? DesiredBy(ImmutableArray<string>? symbols, TimeSpan interval, DetailLevel detail, bool wantsStatus) =>
        symbols is null && interval == TimeSpan.Zero && detail == DetailLevel.Price && !wantsStatus
            ? null
            : new DesiredSubscription(symbols, interval, 0, detail, wantsStatus);

    /// <summary>Refuses what is misspelt, as the other endpoints do. Only symbols may be repeated.</summary>
    private void Check(IQueryCollection query)
    {
        // A token in the query has been taken, and its name is left.
        foreach (var (name, values) in query.Where(parameter => !parameter.Key.Equals(PresentedToken.Name, StringComparison.OrdinalIgnoreCase)))
        {
            if (!Known.Contains(name, StringComparer.Ordinal))
            {
                Problems.AddUnknown(name, Known);
            }
            else if (values.Count > 1 && name != "symbols")
            {
                Problems.AddRepeated(name);
            }
        }
    }

    private T Read<T>(IQueryCollection query, string name, TryReadValue<T> tryRead, string wanted)
    {
        var value = default(T)!;
        if (query.TryGetValue(name, out var text) && !tryRead(text, out value))
        {
            Problems.Add(name, $"must be {wanted}");
        }

        return value;
    }

    /// <summary>Reads names; null, the whole market, if <see cref="SubscribeMessage.Everything"/> stands alone.</summary>
    private static bool TryReadSymbols(StringValues text, out ImmutableArray<string>? symbols)
    {
        var names = text.SelectMany(part => (part ?? "").Split(',', StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        if (names.Contains(SubscribeMessage.Everything))
        {
            names.RemoveWhere(name => name != SubscribeMessage.Everything && !SymbolNames.IsOfOneExchange(name));
        }

        symbols = names.SetEquals([SubscribeMessage.Everything]) ? null : [.. names.Order(StringComparer.Ordinal)];
        return !names.Contains("");
    }

    private static bool TryReadInterval(StringValues text, out TimeSpan interval)
    {
        var isRead = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        interval = TimeSpan.FromMilliseconds(milliseconds);
        return isRead && milliseconds <= NativeReader.LongestIntervalMs;
    }
}
