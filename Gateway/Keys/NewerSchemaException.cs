namespace OrleansTicker.Gateway.Keys;

/// <summary>The database was written by a newer version of this program, which may mean things by it that this one does not know.</summary>
/// <param name="location">Where the keys are.</param>
/// <param name="version">The version that was found.</param>
/// <param name="known">The latest that this program knows.</param>
/// <param name="remedy">What to set for another database.</param>
internal sealed class NewerSchemaException(string location, long version, int known, string remedy) : Exception(
    $"The API keys in {location} have schema version {version}, and this program knows {known} at most: " +
    $"run the newer version again, or set {remedy}");
