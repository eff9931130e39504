namespace OrleansTicker.Gateway.Keys;

/// <summary>The database was written by a newer version of this program, which may mean things by it that this one does not know.</summary>
internal sealed class NewerSchemaException(string path, long version, int known) : Exception(
    $"The API keys in {path} have schema version {version}, and this program knows {known} at most: " +
    "run the newer version again, or set Keys:Path to another file");
