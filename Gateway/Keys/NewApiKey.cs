using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansTicker.Gateway.Keys;

/// <summary>A request for a new API key.</summary>
/// <param name="Name">The name that its owner will know it by: 1 to 100 characters that can be seen.</param>
/// <param name="UserId">The user: up to 100 letters, digits and <c>. _ @ + -</c>, so that it can stand in actors, policies and logs.</param>
/// <param name="Role">The user's role, of the same characters.</param>
/// <param name="Lifetime">How long it is valid, from <see cref="MinLifetime"/> to <see cref="MaxLifetime"/>; null for ever.</param>
internal sealed partial record NewApiKey(string Name, string UserId, string Role = NewApiKey.DefaultRole, TimeSpan? Lifetime = null)
{
    /// <summary>The default role.</summary>
    public const string DefaultRole = "user";

    /// <summary>The longest name, in characters.</summary>
    private const int MaxNameLength = 100;

    /// <summary>The shortest lifetime.</summary>
    public static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);

    /// <summary>The longest lifetime.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(3650);

    /// <summary>What is wrong with it, or null if it is valid.</summary>
    public string? Error
    {
        get
        {
            if (!IsName(Name))
            {
                return $"the name must have 1 to {MaxNameLength} characters that can be seen";
            }

            if (!Word().IsMatch(UserId))
            {
                return "the user must have 1 to 100 letters, digits or . _ @ + -, and begin with a letter or digit";
            }

            if (!Word().IsMatch(Role))
            {
                return "the role must have 1 to 100 letters, digits or . _ @ + -, and begin with a letter or digit";
            }

            return Lifetime < MinLifetime || Lifetime > MaxLifetime
                ? "a key must expire in 1 minute to 3650 days, or never"
                : null;
        }
    }

    // Names are shown on consoles: what moves a cursor, hides or turns text around has no place in them.
    private static bool IsName(string name) =>
        name.Length <= MaxNameLength && !string.IsNullOrWhiteSpace(name) && name.EnumerateRunes().All(IsVisible);

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}\z")]
    private static partial Regex Word();
}
