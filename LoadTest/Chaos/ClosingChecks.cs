using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>How the clients of a run stand at its end.</summary>
/// <param name="Live">Whether all are sent prices.</param>
/// <param name="Agreement">Whether all have the market that others have.</param>
internal sealed record ClosingChecks(Check Live, Check Agreement)
{
    private const int Named = 5;

    /// <param name="live">Of each client, by its number, whether it is sent prices.</param>
    /// <param name="agreed">Of each client, whether its market was the same as another's.</param>
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
            var more = missing.Count > Named ? ", …" : "";
            found += $", without {(missing.Count == 1 ? "client" : "clients")} {string.Join(", ", missing.Take(Named))}{more}";
        }

        return new Check(name, missing.Count == 0, found);
    }
}
