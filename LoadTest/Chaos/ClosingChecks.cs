using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The checks of the clients at the end of a run.</summary>
/// <param name="Live">Whether all receive prices.</param>
/// <param name="Agreement">Whether all have the same market as others.</param>
internal sealed record ClosingChecks(Check Live, Check Agreement)
{
    private const int MaxNamed = 5;

    /// <param name="live">Whether each client, by number, receives prices.</param>
    /// <param name="agreed">Whether the market of each client was the same as another's.</param>
    public static ClosingChecks Of(IReadOnlyList<bool> live, IReadOnlyList<bool> agreed) => new(
        CheckOf("every client ended live", live),
        agreed.Count == 1
            ? new Check("every client ended with the market that others have", true, "a single client has nobody to agree with")
            : CheckOf("every client ended with the market that others have", agreed));

    private static Check CheckOf(string name, IReadOnlyList<bool> held)
    {
        var missing = Enumerable.Range(0, held.Count).Where(number => !held[number]).ToList();
        var found = string.Create(CultureInfo.InvariantCulture, $"{held.Count - missing.Count:N0} of {held.Count:N0}");
        if (missing.Count > 0)
        {
            var more = missing.Count > MaxNamed ? ", …" : "";
            found += $", without {(missing.Count == 1 ? "client" : "clients")} {string.Join(", ", missing.Take(MaxNamed))}{more}";
        }

        return new Check(name, missing.Count == 0, found);
    }
}
