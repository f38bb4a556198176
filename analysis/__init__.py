"""Coverage of Russian-North Korean relations in the press, measured with its error.

Data flows one way: raw -> clean -> measure -> trend -> chart. Every layer takes tables and returns new ones;
:mod:`analysis.schema` declares each table. Importing the package does no work.
"""

__version__ = "0.1.0"
